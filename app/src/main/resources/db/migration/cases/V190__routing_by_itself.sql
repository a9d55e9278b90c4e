-- Came in without a colleague who gave it to somebody: waits to be given to whoever knows it and has least to do.
alter table cases.support_case add column to_route boolean not null default false;
create index support_case_to_route on cases.support_case (opened_at) where to_route and state = 'open';

-- Teams whose members take their cases themselves: nothing is given to them unasked. Null stands for those in no team.
create table cases.picking_team (
    team_id uuid unique nulls not distinct references identity.team on delete cascade
);
