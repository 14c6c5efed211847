-- What a unit puts on its public page of what households said, and of how questions were answered.
alter table survey add column published_on date;
create index survey_published on survey (unit_id, published_on) where published_on is not null;

-- A unit whose figures of questions stand on its page.
create table question_figures (
  unit_id integer primary key,
  published_on date not null
);
