package io.perennial.contracts;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps {@code contracts.revenue_level}, each account's recurring revenue as ranges of days. What it says follows from
 * contract lines and losses alone: deriving it again gives the same. Readers of {@code contracts.revenue} never wait for
 * it, because an account that changed since is derived for them on the spot.
 */
@Component
public class RevenueLevels {

    /** Two that derive the same account would write the same rows. */
    private static final long LOCK = 0x7265_7665_6e75_6531L;

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
            String[] accounts = changed.stream().map(UUID::toString).toArray(String[]::new);
            database.sql("delete from contracts.revenue_level where account_id = any(cast(:accounts as uuid[]))")
                    .param("accounts", accounts)
                    .update();
            database.sql("""
                    insert into contracts.revenue_level
                        (account_id, currency, from_day, until_day, annual, state, first_on)
                    select account_id, currency, from_day, until_day, annual, state, first_on
                    from contracts.revenue_levels(cast(:accounts as uuid[]), contracts.grace_days())
                    """).param("accounts", accounts).update();
        }
        return changed.size();
    }

    /** Forgets everything that was derived; {@link #keep} derives it again, and readers do meanwhile. */
    @Transactional
    public void forget() {
        database.sql("insert into contracts.revenue_changed select distinct account_id from contracts.contract_line")
                .update();
        database.sql("delete from contracts.revenue_level").update();
    }
}
