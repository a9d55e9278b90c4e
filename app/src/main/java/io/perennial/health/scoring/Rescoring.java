package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.Overview;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.signals.SignalBook;
import io.perennial.platform.live.Live;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Brings score, history, signals and overview of a set of accounts up to date, in the caller's transaction, with a
 * handful of statements whatever the number of accounts.
 */
@Component
class Rescoring {

    /** Above this many accounts open pages are told that lists changed rather than which accounts did. */
    private static final int NAMED_LIVE = 50;

    private final Models models;
    private final Assessments assessments;
    private final Scores scores;
    private final SignalBook signals;
    private final Overview overview;
    private final Parked parked;
    private final Live live;
    private final JdbcClient database;
    private final Clock clock;
    private final Spent spent;

    Rescoring(
            Models models,
            Assessments assessments,
            Scores scores,
            SignalBook signals,
            Overview overview,
            Parked parked,
            Live live,
            JdbcClient database,
            Clock clock,
            Spent spent) {
        this.spent = spent;
        this.models = models;
        this.assessments = assessments;
        this.scores = scores;
        this.signals = signals;
        this.overview = overview;
        this.parked = parked;
        this.live = live;
        this.database = database;
        this.clock = clock;
    }

    void rescore(Collection<AccountId> accounts) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        MeasureQuery query = new MeasureQuery(accounts, now, today);
        List<Assessment> assessed = assessments.of(query, models.inForce());
        long start = System.nanoTime();
        boolean scored = !scores.keep(assessed, now).isEmpty();
        start = spent.on(Spent.On.STORING, start);
        boolean signalled = signals.update(
                assessed.stream()
                        .map(one -> new SignalBook.Judged(one.account(), one.readings(), one.score()))
                        .toList(),
                now);
        start = spent.on(Spent.On.SIGNALS, start);
        overview.refresh(query.facts());
        money(accounts);
        spent.on(Spent.On.OVERVIEW, start);
        parked.release(accounts);
        tell(accounts, scored, signalled);
    }

    /** Revenue is known after the overview has been refreshed; only standing signals follow it. */
    private void money(Collection<AccountId> accounts) {
        database.sql("""
                        update health.signal s set money = o.arr, currency = o.currency, at_stake = o.at_stake
                        from (select account_id, arr, currency, health.at_stake(arr, score, band) as at_stake
                              from accounts.overview where account_id = any(:ids)) o
                        where o.account_id = s.account_id
                          and s.state in ('open', 'acknowledged', 'snoozed')
                          and (s.money, s.currency, s.at_stake) is distinct from (o.arr, o.currency, o.at_stake)
                        """).param("ids", AccountIds.array(accounts)).update();
    }

    private void tell(Collection<AccountId> accounts, boolean scored, boolean signalled) {
        if (accounts.size() <= NAMED_LIVE) {
            accounts.forEach(account -> live.changed("account:" + account));
        }
        live.changed("accounts");
        if (signalled) {
            live.changed("signals");
        }
        if (scored || signalled) {
            live.changed("today");
        }
    }
}
