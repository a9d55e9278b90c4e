-- The band of 28 days ago stands beside the score of 28 days ago: who moved where is a sum over the wide rows.
alter table accounts.overview
    add column band_before text;
