package io.perennial.health.scoring;

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
    private final Measures measures;
    private final Assessments assessments;
    private final Scores scores;
    private final SignalBook signals;
    private final Overview overview;
    private final Parked parked;
    private final Live live;
    private final Stakes stakes;
    private final Reweighing reweighing;
    private final ChangedQueue queue;
    private final Clock clock;
    private final Spent spent;

    Rescoring(
            Models models,
            Measures measures,
            Assessments assessments,
            Scores scores,
            SignalBook signals,
            Overview overview,
            Parked parked,
            Live live,
            Stakes stakes,
            Reweighing reweighing,
            ChangedQueue queue,
            Clock clock,
            Spent spent) {
        this.spent = spent;
        this.models = models;
        this.measures = measures;
        this.assessments = assessments;
        this.scores = scores;
        this.signals = signals;
        this.overview = overview;
        this.parked = parked;
        this.live = live;
        this.stakes = stakes;
        this.reweighing = reweighing;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * The same for a chunk of a pass: accounts whose stored readings are as good as their facts are weighed anew, the
     * others are taken from the queue and read.
     */
    void rescore(List<AccountId> chunk, Basis basis) {
        List<AccountId> unread = reweighing.reweigh(chunk, basis, clock.instant());
        if (!unread.isEmpty()) {
            queue.take(unread);
            rescore(unread);
        }
        if (unread.size() < chunk.size()) {
            live.changed("accounts");
            live.changed("signals");
            live.changed("today");
        }
    }

    void rescore(Collection<AccountId> accounts) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        MeasureQuery query = new MeasureQuery(accounts, now, today);
        int stamp = measures.stamp(now);
        List<Assessment> assessed = assessments.of(query, models.inForce());
        long start = System.nanoTime();
        Scores.Fresh fresh = scores.keep(assessed, stamp, now);
        start = spent.on(Spent.On.STORING, start);
        boolean signalled = signals.update(
                assessed.stream()
                        .map(one -> new SignalBook.Judged(one.account(), one.readings(), one.score()))
                        .toList(),
                now);
        start = spent.on(Spent.On.SIGNALS, start);
        HealthOverview.fresh(query.once(), fresh.scores());
        overview.refresh(query.facts());
        start = spent.on(Spent.On.OVERVIEW, start);
        stakes.follow(accounts);
        spent.on(Spent.On.STAKES, start);
        parked.release(accounts);
        tell(accounts, fresh.changed(), signalled);
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
