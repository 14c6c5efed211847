-- Names of people with their figures at one width, as units have them: "number 4" stands before "number 10" in every list.
alter table person add column ordered text collate "C" generated always as (
  regexp_replace(regexp_replace(search, '[0-9]+', '00000\&', 'g'), '0*([0-9]{6,})', '\1', 'g')
) stored;
