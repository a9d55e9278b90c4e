package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.Overview;
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

    Rescoring(
            Models models,
            Assessments assessments,
            Scores scores,
            SignalBook signals,
            Overview overview,
            Parked parked,
            Live live,
            JdbcClient database,
            Clock clock) {
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
        List<Assessment> assessed = assessments.of(accounts, now, models.inForce());
        boolean scored = !scores.keep(assessed, now).isEmpty();
        boolean signalled = signals.update(
                assessed.stream()
                        .map(one -> new SignalBook.Judged(one.account(), one.readings(), one.score()))
                        .toList(),
                now);
        overview.refresh(accounts, today);
        money(accounts);
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
        database.sql("""
                        update accounts.overview o set money_at_risk = arr_at_risk
                        from (select account_id,
                                     case when band = 'AT_RISK' or open_signals > 0 then arr end as arr_at_risk
                              from accounts.overview where account_id = any(:ids)) n
                        where o.account_id = n.account_id and o.money_at_risk is distinct from n.arr_at_risk
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
