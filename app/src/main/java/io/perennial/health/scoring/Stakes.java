package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.health.model.Band;
import io.perennial.shared.AccountId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps with every standing signal what orders it: the revenue of its account, which is known after the overview has been
 * refreshed, and how many points its score lacks at most. What a signal puts at stake is the one times the other; a bound
 * with some room is not written anew for every score that moves by a few points.
 */
@Component
class Stakes {

    /** For a score that is stored for the first time. */
    static final short NOT_KNOWN = -1;

    /** Points that a score may lose before its signals are written. */
    static final int ROOM = 10;

    /** Without a score half of the revenue is at stake, compare the function {@code health.at_stake}. */
    private static final short HALF = 50;

    private static final short ALL = 100;
    private static final int CHUNK = 1_000;

    private final JdbcClient database;
    private volatile @Nullable UUID tightened;

    Stakes(JdbcClient database) {
        this.database = database;
    }

    /**
     * How many points, 0 to 100, a score lacks at most: never less than {@code health.lacks} says, and the former bound as
     * long as that is not far off.
     */
    static short atMost(short former, double score, Band band) {
        if (band == Band.UNKNOWN || band == Band.LEFT) {
            return HALF;
        }
        int lacks = ALL - (int) Math.rint(score);
        return lacks <= former && former <= lacks + 2 * ROOM ? former : (short) Math.min(ALL, lacks + ROOM);
    }

    void follow(Collection<AccountId> accounts) {
        database.sql("""
                        update health.signal s set money = o.arr, currency = o.currency, lacks_at_most = o.lacks_at_most
                        from accounts.overview o
                        where o.account_id = s.account_id and s.account_id = any(:ids) and o.lacks_at_most is not null
                          and s.state in ('open', 'acknowledged', 'snoozed')
                          and (s.money, s.currency, s.lacks_at_most)
                              is distinct from (o.arr, o.currency, o.lacks_at_most)
                        """).param("ids", AccountIds.array(accounts)).update();
    }

    /** From now on bounds are brought down to what scores really lack, until all accounts were seen once. */
    void tightenAll() {
        tightened = AllAccounts.START;
    }

    boolean wantTightening() {
        return tightened != null;
    }

    /**
     * Brings down the next bounds, in the caller's transaction, which keeps scores from changing.
     *
     * @return whether there may be more
     */
    boolean tightenNext() {
        UUID last = tightened;
        if (last == null) {
            return false;
        }
        List<AccountId> loose = database.sql("""
                        select account_id from accounts.overview
                        where account_id > :last and lacks_at_most <> health.lacks(exact_score, band)
                        order by account_id limit :most
                        """)
                .param("last", last)
                .param("most", CHUNK)
                .query((row, number) -> new AccountId(row.getObject("account_id", UUID.class)))
                .list();
        if (!loose.isEmpty()) {
            database.sql("""
                            update accounts.overview set lacks_at_most = health.lacks(exact_score, band),
                                changed_in = pg_current_xact_id()
                            where account_id = any(:ids)
                            """).param("ids", AccountIds.array(loose)).update();
            follow(loose);
        }
        tightened = loose.size() < CHUNK ? null : loose.getLast().value();
        return tightened != null;
    }
}
