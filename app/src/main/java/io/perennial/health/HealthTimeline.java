package io.perennial.health;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.health.model.Band;
import io.perennial.health.scoring.ScoreHistory;
import io.perennial.health.scoring.ScoreHistory.Step;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** When an account's band changed, and when its signals came and went. */
@Component
class HealthTimeline implements TimelineSource {

    /** Changes that are looked through for changes of the band. */
    private static final int LOOKED_THROUGH = 400;

    private final ScoreHistory history;
    private final SignalReads signals;

    HealthTimeline(ScoreHistory history, SignalReads signals) {
        this.history = history;
        this.signals = signals;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("signal", "score");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        List<TimelineEntry> entries = new ArrayList<>(bands(account, before));
        for (Signal signal : signals.of(account, limit * 2)) {
            entries.add(new TimelineEntry(
                    signal.openedAt(), "signal", "Signal: " + signal.title(), signal.evidence(), "", "/signals"));
            if (signal.closedAt() != null) {
                entries.add(closed(signal, signal.closedAt()));
            }
        }
        return entries.stream()
                .filter(entry -> entry.at().isBefore(before))
                .sorted(Comparator.comparing(TimelineEntry::at).reversed())
                .limit(limit)
                .toList();
    }

    private static TimelineEntry closed(Signal signal, Instant at) {
        boolean done = signal.state().equals("done");
        String why = done ? signal.outcome() : signal.closedBecause();
        return new TimelineEntry(
                at,
                "signal",
                (done ? "Signal done: " : "Signal closed: ") + signal.title(),
                why == null ? "" : why,
                signal.closedBy() == null ? "" : signal.closedBy(),
                "/signals");
    }

    private List<TimelineEntry> bands(AccountId account, Instant before) {
        List<Step> changes = history.before(account, before, LOOKED_THROUGH);
        List<TimelineEntry> entries = new ArrayList<>();
        for (int i = 0; i + 1 < changes.size(); i++) {
            Step now = changes.get(i);
            Step then = changes.get(i + 1);
            if (now.band() != then.band()) {
                entries.add(new TimelineEntry(
                        now.at(),
                        "score",
                        "Health: " + then.band().title() + " to " + now.band().title(),
                        now.band() == Band.LEFT
                                ? "The loss is on record and nothing runs any more."
                                : words(then) + " to " + words(now) + " (" + now.model() + ")",
                        "",
                        ""));
            }
        }
        return entries;
    }

    private static String words(Step change) {
        return switch (change.band()) {
            case UNKNOWN -> "not enough data";
            case LEFT -> "the customer left";
            case AT_RISK, WATCH, HEALTHY -> String.valueOf(Math.round(change.score()));
        };
    }
}
