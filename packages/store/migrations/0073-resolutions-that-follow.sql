-- Resolutions follow their meeting until they are approved, as minutes do: a part for each conclusion they make binding
-- (conclusion:<id>), and for what they rest on (basis:minutes, basis:votes).
alter table document
  -- Conclusions that people did not choose for a resolution. Where there are any, one that comes later is offered, not put in.
  add column left_out uuid[] not null default '{}';

-- Drafts written before: their first words were Đình's, and what was concluded by then and is not in them was not chosen.
update document_paragraph p
set part = case when q.source = 'basis' then case q.nth when 1 then 'basis:minutes' else 'basis:votes' end
    else 'conclusion:' || q.conclusion_id end,
  wording = encode(sha256(convert_to(coalesce(b.title, q.title) || chr(10) || coalesce(b.text, q.text), 'UTF8')), 'hex')
from document d
join lateral (
  select r.*, row_number() over (partition by r.source order by r.place, r.id) as nth from document_paragraph r
  where r.unit_id = d.unit_id and r.document_id = d.id
) q on q.source = 'basis' and q.nth <= 2 or q.source = 'content' and q.conclusion_id is not null
left join document_paragraph_before b
  on b.unit_id = q.unit_id and b.document_id = q.document_id and b.paragraph_id = q.id and b.version = 1
where p.unit_id = q.unit_id and p.document_id = q.document_id and p.id = q.id
  and d.type = 'resolution' and d.state in ('draft', 'read', 'approved');

update document d
set left_out = array(
  select c.id from meeting_conclusion c
  where c.unit_id = d.unit_id and c.meeting_id = d.meeting_id and c.removed_at is null and c.at <= d.written_at
    and not exists (select from document_paragraph p
      where p.unit_id = d.unit_id and p.document_id = d.id and p.conclusion_id = c.id)
  order by c.place, c.id)
where d.type = 'resolution' and d.state in ('draft', 'read', 'approved');
