package io.perennial.contracts;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps {@code contracts.revenue_level}, each account's recurring revenue as ranges of days. What it says follows from
 * contract lines and losses alone: deriving it again gives the same. Beside it, and from it: the same in one row for each account, and
 * what moved in each month and is left of each cohort, added up, the terms that are due, and the lines that went on by themselves. Readers of {@code contracts.revenue} never wait for
 * it, because an account that changed since is derived for them on the spot.
 */
@Component
public class RevenueLevels {

    /** Two that derive the same account would write the same rows. */
    private static final long LOCK = 0x7265_7665_6e75_6531L;

    /** Each answers with rows, so that one way of asking fits all. */
    private static final List<String> DERIVE = List.of(
            "select contracts.add_moves(cast(:accounts as uuid[]), -1)",
            "delete from contracts.revenue_level where account_id = any(cast(:accounts as uuid[])) returning 1",
            "delete from contracts.revenue_path where account_id = any(cast(:accounts as uuid[])) returning 1",
            """
            insert into contracts.revenue_level
                (account_id, currency, from_day, until_day, annual, state, first_on, priced)
            select account_id, currency, from_day, until_day, annual, state, first_on, priced
            from contracts.levels(cast(:accounts as uuid[]), contracts.grace_days())
            returning 1""",
            """
            insert into contracts.revenue_path
            select * from contracts.revenue_paths(cast(:accounts as uuid[])) returning 1""",
            "select contracts.add_moves(cast(:accounts as uuid[]), 1)",
            "delete from contracts.term where account_id = any(cast(:accounts as uuid[])) returning 1",
            "insert into contracts.term select * from contracts.terms(cast(:accounts as uuid[])) returning 1",
            "delete from contracts.going_on where account_id = any(cast(:accounts as uuid[])) returning 1",
            """
            insert into contracts.going_on
            select * from contracts.lines_going_on(cast(:accounts as uuid[])) returning 1""");

    private final JdbcClient database;

    RevenueLevels(JdbcClient database) {
        this.database = database;
    }

    /**
     * Derives accounts again that changed.
     *
     * @param most accounts at once
     * @return how many were derived; zero when nothing is left, or when somebody else is at it
     */
    @Transactional
    public int keep(int most) {
        if (!database.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single()) {
            return 0;
        }
        List<UUID> changed = database.sql("""
                with next as (select distinct account_id from contracts.revenue_changed order by 1 limit :most),
                gone as (delete from contracts.revenue_changed c using next where c.account_id = next.account_id
                    returning c.account_id)
                select distinct account_id from gone
                """)
                .param("most", most)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        if (!changed.isEmpty()) {
            derive(changed.stream().map(UUID::toString).toArray(String[]::new));
        }
        return changed.size();
    }

    /** What an account added to the sums is taken out of them as long as its old path stands. */
    private void derive(String[] accounts) {
        for (String statement : DERIVE) {
            database.sql(statement).param("accounts", accounts).query(row -> {});
        }
    }

    /** Forgets everything that was derived; {@link #keep} derives it again, and readers do meanwhile. */
    @Transactional
    public void forget() {
        database.sql("insert into contracts.revenue_changed select distinct account_id from contracts.contract_line")
                .update();
        for (String table :
                List.of("revenue_level", "revenue_path", "revenue_month", "revenue_cohort", "term", "going_on")) {
            database.sql("delete from contracts." + table).update();
        }
    }
}
