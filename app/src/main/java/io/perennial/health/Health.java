package io.perennial.health;

import io.perennial.health.model.Band;
import io.perennial.health.model.Score;
import io.perennial.health.scoring.AsOf;
import io.perennial.health.scoring.Measures;
import io.perennial.health.scoring.ScoreHistory;
import io.perennial.health.scoring.ScoreHistory.Change;
import io.perennial.health.scoring.StoredHealth;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** How customers are: scores with their reasons, now and on any past day. */
@Component
public class Health {

    private static final String SEGMENT = "";

    private final StoredHealth stored;
    private final AsOf asOf;
    private final ScoreHistory history;
    private final PortfolioHealth portfolio;
    private final Measures measures;
    private final Clock clock;

    Health(
            StoredHealth stored,
            AsOf asOf,
            ScoreHistory history,
            PortfolioHealth portfolio,
            Measures measures,
            Clock clock) {
        this.stored = stored;
        this.asOf = asOf;
        this.history = history;
        this.portfolio = portfolio;
        this.measures = measures;
        this.clock = clock;
    }

    /** The present health as stored; empty while the account has not been scored. */
    public Optional<HealthNow> now(AccountId account) {
        return stored.now(account)
                .map(now -> new HealthNow(now.score(), now.band(), now.coverage(), now.reason(), now.weekly()));
    }

    /** The present health with its explanation; empty while the account has not been scored. */
    public Optional<AccountHealth> of(AccountId account) {
        return stored.of(account)
                .map(row -> new AccountHealth(
                        account,
                        row.score(),
                        row.model(),
                        row.asOf(),
                        row.reason(),
                        parts(row.score(), row.model().model()),
                        row.weekly()));
    }

    /**
     * The health as it is computed from the facts dated before that instant, by the models that stood then; the same
     * path as live scoring.
     */
    public Optional<AccountHealth> asOf(AccountId account, Instant instant) {
        return asOf.of(account, instant)
                .map(found -> new AccountHealth(
                        account,
                        found.score(),
                        found.model(),
                        instant,
                        "",
                        parts(found.score(), found.model().model()),
                        new short[0]));
    }

    /** Stored changes since that day and the one that stood before it, oldest first. */
    public List<ScorePoint> history(AccountId account, LocalDate since) {
        return history.since(account, since).stream()
                .map(change ->
                        new ScorePoint(change.at(), change.score(), change.band(), change.coverage(), change.model()))
                .toList();
    }

    /** What moved the score in the last days; empty when it was not known then or has not moved. */
    public Optional<HealthChange> changeWithin(AccountId account, int days) {
        Instant now = clock.instant();
        return history.between(account, now.minus(days, ChronoUnit.DAYS), now)
                .map(found -> change(found.then(), found.now()));
    }

    /** Accounts and revenue by band, within the viewer's scope. */
    public List<BandCount> bands(Viewer viewer) {
        return portfolio.bands(viewer);
    }

    /** Accounts and revenue by the bands they were in on two days, within the viewer's scope. */
    public List<Movement> movement(Viewer viewer, LocalDate from, LocalDate to) {
        return portfolio.movement(viewer, from, to);
    }

    /** The accounts behind one number of {@link #movement}, at most a thousand, the dearest first. */
    public List<MovedAccount> moved(Viewer viewer, LocalDate from, LocalDate to, Band was, Band is) {
        return portfolio.moved(viewer, from, to, was, is);
    }

    /** Accounts by band at the ends of the last weeks, oldest first, within the viewer's scope. */
    public List<BandWeek> distribution(Viewer viewer) {
        return portfolio.distribution(viewer);
    }

    private HealthChange change(Change then, Change now) {
        var names = new TreeSet<>(then.contributions().keySet());
        names.addAll(now.contributions().keySet());
        List<HealthChange.Shift> shifts = new ArrayList<>();
        for (String name : names) {
            double points = cents(now.contributions(), name) - cents(then.contributions(), name);
            if (points != 0) {
                String title = name.equals(SEGMENT)
                        ? "What is usual in the segment"
                        : measures.named(name).title();
                shifts.add(new HealthChange.Shift(name, title, points / 100));
            }
        }
        shifts.sort(Comparator.comparingDouble(shift -> -Math.abs(shift.points())));
        return new HealthChange((Math.round(now.score() * 100) - Math.round(then.score() * 100)) / 100.0, shifts);
    }

    private static double cents(Map<String, Double> contributions, String name) {
        return Math.round(contributions.getOrDefault(name, 0.0) * 100);
    }

    private List<HealthPart> parts(Score score, io.perennial.health.model.HealthModel model) {
        return score.parts().stream()
                .map(part -> {
                    var measure = measures.named(part.measure());
                    var rule = model.rule(part.measure());
                    var reading = part.reading();
                    double possible = 100 * score.share(part);
                    return new HealthPart(
                            part.measure(),
                            measure.title(),
                            measure.unit(),
                            rule.map(found -> found.group()).orElse(""),
                            possible,
                            possible * part.counted() / 100,
                            part.contribution(),
                            part.state(),
                            reading == null ? null : reading.value(),
                            reading == null ? null : reading.observedOn(),
                            reading == null ? "" : reading.evidence(),
                            rule.map(found -> found.remedy()).orElse(""));
                })
                .toList();
    }
}
