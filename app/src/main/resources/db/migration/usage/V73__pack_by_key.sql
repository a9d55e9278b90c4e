-- Packing asks for one account and month after the other. Right after a large import the statistics are older than the
-- facts, and a plan that reads a whole partition for each of them takes minutes where the key takes seconds.
alter function usage.pack(uuid[], date[], date, date) set enable_seqscan = off;
alter function usage.pack_due(uuid[]) set enable_seqscan = off;
