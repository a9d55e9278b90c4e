package io.perennial.accounts;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.accounts.panels.TimelineSource.TimelineEntry;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An account's one history, put together from what every module remembers, newest first. */
@Component
public class Timeline {

    /** A filter that matches nothing must not read a whole history in one request. */
    private static final int ROUNDS = 20;

    /** So many entries that share the last instant of a page are found at once. */
    private static final int OF_ONE_INSTANT = 8;

    private final List<TimelineSource> sources;

    Timeline(List<TimelineSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * @param kinds only these; empty for all
     * @param limit about how many; entries of one instant are never torn apart
     */
    public Page before(AccountId account, Instant before, Set<String> kinds, int limit) {
        List<TimelineEntry> found = new ArrayList<>();
        Instant next = before;
        for (int round = 0; round < ROUNDS && next != null && found.size() < limit; round++) {
            Page page = read(account, next, kinds, limit);
            page.entries().stream()
                    .filter(entry -> kinds.isEmpty() || kinds.contains(entry.kind()))
                    .forEach(found::add);
            next = page.next();
        }
        return new Page(List.copyOf(found), next);
    }

    /**
     * One page of everything. Pages go on before an instant, so a page ends between two instants: what shares the
     * last one of the page belongs to it. Of each source a few more are asked for than fit, so that all of them are there;
     * only who gave as many as it was asked for may have more, and is asked again where that is not enough.
     */
    private Page read(AccountId account, Instant before, Set<String> kinds, int limit) {
        List<TimelineEntry> complete = new ArrayList<>();
        List<TimelineSource> left = sources.stream()
                .filter(source -> kinds.isEmpty()
                        || source.kinds().isEmpty()
                        || source.kinds().stream().anyMatch(kinds::contains))
                .toList();
        for (int asked = limit + OF_ONE_INSTANT; ; asked *= 4) {
            List<TimelineEntry> entries = new ArrayList<>();
            List<TimelineSource> full = new ArrayList<>();
            for (TimelineSource source : left) {
                List<TimelineEntry> found = source.entries(account, before, kinds, asked);
                if (found.size() < asked) {
                    complete.addAll(found);
                } else {
                    entries.addAll(found);
                    full.add(source);
                }
            }
            left = full;
            entries.addAll(complete);
            entries.sort(Comparator.comparing(TimelineEntry::at).reversed());
            boolean everything = left.isEmpty();
            // What no source left out are the newest of all: as many as each was asked for.
            int known = everything ? entries.size() : asked;
            int end = Math.min(limit, known);
            while (end > 0
                    && end < known
                    && entries.get(end).at().equals(entries.get(end - 1).at())) {
                end++;
            }
            if (end < known) {
                return new Page(
                        List.copyOf(entries.subList(0, end)),
                        entries.get(end - 1).at());
            }
            if (everything) {
                return new Page(entries, null);
            }
        }
    }

    /** @param next pass it as {@code before} for the next page; null when this is the last */
    public record Page(
            List<TimelineEntry> entries, @Nullable Instant next) {}
}
