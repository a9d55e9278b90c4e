package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSelect;
import io.perennial.accounts.overview.OverviewSource;
import io.perennial.health.model.Band;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How accounts stand, kept once: in the rows of lists, to the last digit, beside the whole points that people read. An
 * account about which too little is known, or that has left, has a band but no points. It comes last, because the money at
 * risk needs the revenue that another source fills in.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class HealthOverview implements OverviewSource {

    /** What follows from a score; {@link Scores} finds it out and says it by {@link #fresh}. */
    private static final List<String> SCORED = List.of(
            "score",
            "band",
            "coverage",
            "reason",
            "exact_score",
            "exact_coverage",
            "model_version",
            "basis",
            "lacks_at_most",
            "scored_at");

    private static final List<String> COLUMNS = Stream.concat(
                    SCORED.stream(), Stream.of("spark", "score_before", "band_before", "open_signals"))
            .toList();

    private static final String MONEY_AT_RISK = "money_at_risk";

    /** Of the weeks of a list these come before the present one. */
    private static final int WEEKS_BEFORE = 12;

    /** Where the scores of a batch wait for their rows. */
    private static final Object FRESH = new Object();

    /** What a new model changes of these rows, when no fact did, from {@code fresh} as {@link ReweighedRows} makes it. */
    static final String FOLLOW = """
            update accounts.overview o set
                score = cast(case when n.band not in ('UNKNOWN', 'LEFT') then round(n.score) end as numeric(5, 2)),
                band = n.band, coverage = cast(round(100 * n.coverage) as numeric(5, 2)), spark[13] = n.week,
                reason = coalesce(n.reason, o.reason),
                money_at_risk = case when n.band = 'AT_RISK' or o.open_signals > 0 then o.arr end,
                exact_score = n.score, exact_coverage = n.coverage, model_version = n.model, basis = n.basis,
                lacks_at_most = n.lacks, scored_at = :asOf, refreshed_at = :asOf, changed_in = pg_current_xact_id()
            from fresh n where o.account_id = n.account
            """;

    private final JdbcClient database;
    private final OverviewSelect select;

    HealthOverview(JdbcClient database) {
        this.database = database;
        this.select = new OverviewSelect(database, COLUMNS, SELECT);
    }

    @Override
    public List<String> columns() {
        return Stream.concat(COLUMNS.stream(), Stream.of(MONEY_AT_RISK)).toList();
    }

    @Override
    public void fill(OverviewQuery query, OverviewRows into) {
        select.fill(query, into);
        Map<AccountId, StoredScore> fresh = query.once().of(FRESH, Map::of);
        for (AccountId account : query.accounts()) {
            StoredScore score = fresh.get(account);
            if (score != null) {
                set(score, into);
            }
            boolean atRisk = "AT_RISK".equals(into.get(account, "band"))
                    || into.get(account, "open_signals") instanceof Number open && open.longValue() > 0;
            into.set(account, MONEY_AT_RISK, atRisk ? into.get(account, "arr") : null);
        }
    }

    /** Tells the rows of a batch how their accounts stand from now on; the others stand as they did. */
    static void fresh(Once once, Map<AccountId, StoredScore> scores) {
        once.of(FRESH, () -> scores);
    }

    private static void set(StoredScore score, OverviewRows into) {
        AccountId account = score.account();
        boolean shown = score.band() != Band.UNKNOWN && score.band() != Band.LEFT;
        into.set(account, "score", shown ? Math.rint(score.score()) : null);
        into.set(account, "band", score.band().name());
        into.set(account, "coverage", Math.rint(100 * score.coverage()));
        into.set(account, "reason", score.reason());
        into.set(account, "exact_score", score.score());
        into.set(account, "exact_coverage", score.coverage());
        into.set(account, "model_version", score.model());
        into.set(account, "basis", score.basis());
        into.set(account, "lacks_at_most", score.lacks());
        into.set(account, "scored_at", score.seen());
        short[] weekly = score.weekly();
        into.set(
                account,
                "spark",
                ScoreRows.literal(Arrays.copyOfRange(weekly, weekly.length - 1 - WEEKS_BEFORE, weekly.length)));
    }

    /** After signals opened or closed, when no fact is new. */
    void count(Collection<AccountId> accounts, Instant now) {
        database.sql("""
                        update accounts.overview o set
                            open_signals = n.signals,
                            money_at_risk = case when o.band = 'AT_RISK' or n.signals > 0 then o.arr end,
                            refreshed_at = :now, changed_in = pg_current_xact_id()
                        from (select account_id, (select count(*) from health.signal s
                                    where s.account_id = h.account_id and state in ('open', 'acknowledged')) as signals
                              from accounts.overview h where account_id = any(:accounts)) n
                        where o.account_id = n.account_id and o.open_signals is distinct from n.signals
                        """)
                .param("now", Timestamp.from(now))
                .param("accounts", AccountIds.array(accounts))
                .update();
    }

    private static final String SELECT = """
            select s.account_id, o.score, o.band, o.coverage, o.reason, o.exact_score, o.exact_coverage, o.model_version,
                   o.basis, o.lacks_at_most, cast(o.scored_at as text) as scored_at,
                   s.weekly[14\\:25] || o.spark[13] as spark,
                   case when before.band not in ('UNKNOWN', 'LEFT') then round(before.score) end as score_before,
                   before.band as band_before, coalesce(g.open_signals, 0) as open_signals
            from health.score s
            join accounts.overview o on o.account_id = s.account_id
            left join lateral (
                select c.score, c.band from health.score_change c
                where c.account_id = s.account_id and c.at < (cast(:today as date) - 27)::timestamp at time zone 'UTC'
                order by c.at desc limit 1) before on true
            left join (
                select account_id, count(*) as open_signals from health.signal
                where account_id = any(:accounts) and state in ('open', 'acknowledged')
                group by account_id) g on g.account_id = s.account_id
            where s.account_id = any(:accounts)
            """;
}
