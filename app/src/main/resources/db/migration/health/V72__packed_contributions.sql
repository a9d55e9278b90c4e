-- What each measure contributed to a past score, packed: the hash of its id int4 and hundredths of a point int2, the
-- segment's mean under 0. A quarter of the room of its JSON, and nothing to spell out for a score nobody looks back at.
-- Rows written before keep theirs.
alter table health.score_change alter contributions drop not null;
alter table health.score_change add column parts bytea;
alter table health.score_change alter parts set storage plain;
