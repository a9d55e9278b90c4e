-- Room for a whole next generation of rows beside the former one: a new day and a new model rewrite almost every row in one
-- go, and with less room half of them moved to other pages and wrote every index.
alter table accounts.overview set (fillfactor = 50);
