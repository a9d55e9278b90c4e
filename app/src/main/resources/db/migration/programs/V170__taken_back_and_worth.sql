-- A published version stays as it is; but while no account has it, its publication may be taken back: it is a draft again,
-- with the same offer.
create or replace function programs.stay_as_published() returns trigger language plpgsql as $$
begin
    if old.published_at is not null and (new.published_at is not null
            or (new.program_id, new.number, new.offer) is distinct from (old.program_id, old.number, old.offer)
            or exists (select from programs.enrolment where version_id = old.id)) then
        raise exception 'Version % of a program is published and stays as it is', old.number;
    end if;
    return new;
end $$;

-- What one of a unit is worth, in the currency of the offer; null where nobody said.
create or replace view programs.version_unit as
select v.id as version_id, v.program_id, u ->> 'unit' as unit, u ->> 'title' as title,
       (u ->> 'amount')::numeric as amount, u ->> 'rule' as rule, (v.offer ->> 'termMonths')::int as term_months,
       (u ->> 'worth')::numeric as worth, v.offer ->> 'currency' as currency
from programs.version v, jsonb_array_elements(v.offer -> 'units') as u;
