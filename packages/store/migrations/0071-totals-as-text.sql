-- Each total also as the line a reader takes it as (its item and its measures in the order of the columns, tabs between, nothing where a
-- measure is zero): written once when it changes instead of put together from thirteen columns at each reading.
alter table rollup_cell add column line text generated always as (
  item || e'\t' || coalesce(nullif(declared, 0)::text, '') || e'\t' || coalesce(nullif(declared_met, 0)::text, '')
    || e'\t' || coalesce(nullif(declared_sustained, 0)::text, '') || e'\t' || coalesce(nullif(declared_value, 0)::text, '')
    || e'\t' || coalesce(nullif(declared_of, 0)::text, '') || e'\t' || coalesce(nullif(verified, 0)::text, '')
    || e'\t' || coalesce(nullif(verified_met, 0)::text, '') || e'\t' || coalesce(nullif(verified_sustained, 0)::text, '')
    || e'\t' || coalesce(nullif(verified_value, 0)::text, '') || e'\t' || coalesce(nullif(verified_of, 0)::text, '')
    || e'\t' || coalesce(nullif(differing, 0)::text, '') || e'\t' || coalesce(nullif(regressed, 0)::text, '')
) stored;
