-- In a transaction of its own, so that nobody waits for the copy before it.
alter table health.score
    drop column score, drop column band, drop column coverage, drop column model_version, drop column reason,
    drop column basis, drop column lacks_at_most, drop column as_of;
