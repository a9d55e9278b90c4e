-- Every place where a contract names a program of the catalogue: itself, or one of its lines.
create view programs.named as
select c.account_id, c.id as contract_id, c.program as sold_as, coalesce(c.starts_on, c.signed_on, c.created_at::date) as starts_on, c.ends_on,
       p.id as program_id, p.tier, lower(p.name) = lower(btrim(c.program)) as by_name, true as by_contract
from contracts.contract c
join programs.program p on lower(btrim(c.program)) in (p.key, lower(p.name))
union all
select c.account_id, c.id, l.program, l.starts_on, coalesce(l.ends_on, c.ends_on),
       p.id, p.tier, lower(p.name) = lower(btrim(l.program)), false
from contracts.contract_line l
join contracts.contract c on c.id = l.contract_id
join programs.program p on lower(btrim(l.program)) in (p.key, lower(p.name));

-- One program a contract: what the contract says itself, else the highest of what its lines say, the latest of those.
create view programs.sold as
select distinct on (account_id, contract_id) account_id, contract_id, sold_as, starts_on, ends_on, program_id
from programs.named
order by account_id, contract_id, by_contract desc, tier desc, starts_on desc, by_name desc;
