-- Minutes follow what their meeting holds until they are signed: each part Đình wrote knows what it tells of and which words of Đình's
-- it was last in line with, so that words of people's own are told from words that may be written anew.
alter table document_paragraph
  -- What it tells: opening, attendance, item:<id>, vote, conclusions, closing; null for people's own and for other documents.
  add column part text,
  -- SHA-256 in hexadecimal over heading, line feed and text as Đình would write them, last time somebody saw both; null when Đình took
  -- the part away because the meeting holds nothing of it.
  add column wording text;
create unique index document_paragraph_part on document_paragraph (unit_id, document_id, part) where part is not null;

-- Drafts written before: their first words were Đình's.
update document_paragraph p
set part = case when p.source = 'item' then 'item:' || i.id else p.source end,
  wording = encode(sha256(convert_to(coalesce(b.title, p.title) || chr(10) || coalesce(b.text, p.text), 'UTF8')), 'hex')
from document d
join document_paragraph q on q.unit_id = d.unit_id and q.document_id = d.id
left join document_paragraph_before b
  on b.unit_id = q.unit_id and b.document_id = q.document_id and b.paragraph_id = q.id and b.version = 1
left join lateral (
  select i.id from meeting_item i
  where q.source = 'item' and i.unit_id = d.unit_id and i.meeting_id = d.meeting_id
    and right(coalesce(b.title, q.title), length(i.title) + 2) = '. ' || i.title
    and not exists (select from meeting_item j
      where j.unit_id = i.unit_id and j.meeting_id = i.meeting_id and j.title = i.title and j.id <> i.id)
  limit 1
) i on true
where p.unit_id = q.unit_id and p.document_id = q.document_id and p.id = q.id
  and d.type = 'minutes' and d.state in ('draft', 'read', 'approved')
  and (q.source in ('opening', 'attendance', 'vote', 'conclusions', 'closing') or i.id is not null);
