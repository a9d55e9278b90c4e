import java.sql.SQLException;

/** Watches the product compute scores, signals and the wide rows from the facts, by its own queue. */
class CompanyHealth {

    private static final long PAUSE = 5_000;
    private static final int QUIET = 4;

    private final Database database;

    CompanyHealth(Database database) {
        this.database = database;
    }

    void awaitScores() throws SQLException {
        long started = System.nanoTime();
        long accounts = database.number("select count(*) from accounts.account");
        database.run("""
                insert into accounts.changed (account_id, marked_at)
                select id, now() from accounts.account order by id on conflict do nothing""");
        int quiet = 0;
        for (int round = 0; quiet < QUIET; round++) {
            pause();
            long waiting = database.number("select count(*) from accounts.changed");
            long scored = database.number("select count(*) from health.score");
            quiet = waiting == 0 && scored > 0 ? quiet + 1 : 0;
            if (round % 6 == 0) {
                System.out.printf("%,d of %,d accounts scored, %,d waiting, %s%n",
                        scored, accounts, waiting, GenerateCompany.since(started));
            }
        }
        System.out.printf("The product has scored every account after %s.%n", GenerateCompany.since(started));
    }

    void print() throws SQLException {
        for (String row : database.rows("""
                select relname, to_char(n, '999,999,999'), pg_size_pretty(size) from (
                    select coalesce(p.inhparent::regclass::text, c.oid::regclass::text) as relname,
                        sum(greatest(c.reltuples, 0))::bigint as n, sum(pg_total_relation_size(c.oid)) as size
                    from pg_class c left join pg_inherits p on p.inhrelid = c.oid
                    where c.relkind = 'r' and c.relnamespace::regnamespace::text not like 'pg_%'
                      and c.relnamespace::regnamespace::text <> 'information_schema'
                    group by 1) t
                order by size desc limit 16""")) {
            System.out.printf("%-34s %14s %10s%n", (Object[]) row.split("\t"));
        }
        database.rows("select band, count(*), count(*) filter (where open_signals > 0) from accounts.overview group by 1 order by 1")
                .forEach(row -> System.out.println("band, accounts, with a signal: " + row));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while waiting for the scores.", e);
        }
    }
}
