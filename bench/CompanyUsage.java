import java.sql.SQLException;
import java.time.LocalDate;

/** Half a year of use, day by day into month partitions; the company's totals come last, which wakes the product. */
class CompanyUsage {

    private static final int DAYS = 182;

    private final Database database;
    private final String day;
    private final long wished;

    CompanyUsage(Database database, String day, long wished) {
        this.database = database;
        this.day = day;
        this.wished = Math.round(wished * 1.02); // drawn, so that it may come out a little lower
    }

    void write(LocalDate today) throws SQLException {
        long started = System.nanoTime();
        // Logins that rotate and weekends take their part: the first day written says by how much.
        double scale = (double) wished / DAYS / sum("select sum(weight) from logins");
        database.run("alter table usage.account_day drop constraint account_day_pkey");
        long written = 0;
        int ago = DAYS;
        while (ago >= 1) {
            LocalDate month = today.minusDays(ago).withDayOfMonth(1);
            LocalDate next = month.plusMonths(1);
            String partition = "usage.daily_%1$tY_%1$tm".formatted(month);
            database.run("create table %s (like usage.daily including defaults)".formatted(partition));
            for (; ago >= 1 && today.minusDays(ago).isBefore(next); ago--) {
                LocalDate date = today.minusDays(ago);
                database.run(day.replace(":days", Integer.toString(DAYS))
                        .replace(":day", date.toString())
                        .replace(":ago", Integer.toString(ago))
                        .replace(":partition", partition)
                        .replace(":scale", Double.toString(scale)));
            }
            attach(partition, month, next);
            written += database.number("select count(*) from " + partition);
            System.out.printf("%,d usage rows up to %s, %s%n", written, next, GenerateCompany.since(started));
            // Customers who came later and users who left make the first guess too low: what is missing is shared out.
            if (ago > 0) {
                scale *= Math.clamp((double) (wished - written) / ago / ((double) written / (DAYS - ago)), 0.7, 1.5);
            }
        }
        database.timed("usage per account and day, primary key", """
                alter table usage.account_day add constraint account_day_pkey
                    primary key (account_id, day) include (events, active_users)""");
        database.timed("months of use to be packed by their first reader", """
                insert into usage.unpacked select distinct account_id, date_trunc('month', day)::date from usage.account_day""");
        database.timed("usage per day of the whole company", """
                insert into usage.company_day (day, events, active_users, accounts)
                select day, sum(events), sum(active_users), count(*) from usage.account_day group by day""");
        check();
    }

    private void attach(String partition, LocalDate month, LocalDate next) throws SQLException {
        database.run("alter table %s add primary key (account_id, day, feature_id, user_id, source_ref) include (events)".formatted(partition));
        database.run("alter table usage.daily attach partition %s for values from ('%s') to ('%s')"
                .formatted(partition, month, next));
    }

    private void check() throws SQLException {
        long facts = database.number("select sum(events) from usage.daily");
        long days = database.number("select sum(events) from usage.account_day");
        long company = database.number("select sum(events) from usage.company_day");
        long differing = database.number("""
                with looked_at as (select id as account_id from logins where r % 997 = 5),
                raw as (
                    select account_id, day, sum(events) as events, count(distinct user_id) as active_users,
                        sum(seconds) as seconds, sum(errors) as errors, array_agg(distinct feature_id) as features
                    from usage.daily where account_id in (select account_id from looked_at) group by 1, 2)
                select count(*)
                from raw full join (
                    select * from usage.account_day where account_id in (select account_id from looked_at)) kept
                    using (account_id, day)
                where (raw.events, raw.active_users, raw.seconds, raw.errors, raw.features)
                    is distinct from (kept.events, kept.active_users, kept.seconds, kept.errors, kept.features)
                """);
        System.out.printf("events: %,d in the facts, %,d per account and day, %,d per day; %d rollups differ%n",
                facts, days, company, differing);
        if (facts != days || facts != company || differing > 0) {
            throw new IllegalStateException("The rollups are not what follows from the facts.");
        }
    }

    private double sum(String sql) throws SQLException {
        return Double.parseDouble(database.rows(sql).getFirst());
    }
}
