-- History is written in transactions that hold the score of its account, which looks after the account: one look and one
-- lock for each row of history less. It goes with its account as before. Nobody asks for all changes of an instant.
alter table health.score_change drop constraint score_change_account_id_fkey;
drop index health.score_change_at;

create function health.forget_history() returns trigger
    language plpgsql as $$
begin
    delete from health.score_change where account_id = old.id;
    return null;
end $$;

-- After the scores are gone, for which it waits: triggers fire in the order of their names.
create trigger with_its_history after delete on accounts.account
    for each row execute function health.forget_history();

-- Nobody asks for scores by their band, and whose band changes would have to write every index of the row.
drop index health.score_band;

-- A new model or day rewrites almost every score in one go: room for all next versions beside the former ones.
alter table health.score set (fillfactor = 50);
