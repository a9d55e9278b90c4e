package io.perennial.cases;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A case stands on the timeline twice: when the customer asked, and when the answer was given. */
@Component
class CaseTimeline implements TimelineSource {

    private final Cases cases;

    CaseTimeline(Cases cases) {
        this.cases = cases;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("case");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        List<TimelineEntry> entries = new ArrayList<>();
        for (CaseCard one : cases.eventful(account, before, limit)) {
            String url = "/cases/" + one.id();
            entries.add(new TimelineEntry(
                    one.openedAt(),
                    "case",
                    "Case opened: " + one.title(),
                    one.priority() == null ? "" : "Priority " + one.priority(),
                    "",
                    url));
            Instant resolved = one.resolvedAt();
            if (resolved != null && resolved.isBefore(before)) {
                String after = "after " + CaseCard.lasted(one.timeToResolve());
                String satisfaction = one.satisfactionWords();
                entries.add(new TimelineEntry(
                        resolved,
                        "case",
                        "Case resolved: " + one.title(),
                        (one.timeToResolve() == null ? "" : after)
                                + (satisfaction.isEmpty() ? "" : ", satisfaction " + satisfaction),
                        one.assignee() == null ? "" : one.assignee(),
                        url));
            }
        }
        return entries.stream()
                .sorted(Comparator.comparing(TimelineEntry::at).reversed())
                .limit(limit)
                .toList();
    }
}
