create table surveys.survey_response (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    contact_id uuid,
    kind text not null check (kind in ('nps', 'csat', 'ces', 'success', 'renewal', 'exit')),
    score numeric,
    scale_max numeric,
    comment text,
    survey text,
    asked_at timestamptz,
    answered_at timestamptz not null,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1,
    constraint score_off_its_scale check (
        score <= coalesce(scale_max, case kind when 'nps' then 10 else 1000 end) and (kind <> 'nps' or score >= 0))
);
create index survey_response_account on surveys.survey_response (account_id, kind, answered_at desc);
