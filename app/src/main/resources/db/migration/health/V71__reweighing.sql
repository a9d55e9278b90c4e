-- What stored readings rest on beside the facts of their account: the measures the release reads and what many accounts
-- share (upper half), and the segment means the score was compared with (lower half). While it stands and no fact
-- changed, a new model is applied to the stored readings. 0: not known, so the facts are read once more.
alter table health.score add column basis bigint not null default 0;

-- Every score names a version that was published, and only drafts are ever deleted, which the trigger makes sure of:
-- one look a version instead of one look and one shared lock on the same row for every score of a recompute.
alter table health.score drop constraint score_model_version_fkey;
alter table health.score_change drop constraint score_change_model_version_fkey;

create function health.keep_published() returns trigger
    language plpgsql as $$
begin
    if old.state <> 'draft' then
        raise exception 'Version % of the model % was in force; scores refer to it.', old.version, old.name;
    end if;
    return old;
end $$;

create trigger keep_published before delete on health.model_version
    for each row execute function health.keep_published();
