package io.perennial.events.reading;

import io.perennial.shared.AccountId;
import io.perennial.usage.counting.Count;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Adds events up in memory, so that a customer's busy hour becomes one row instead of thousands. */
final class Tally {

    private static final long SECONDS_PER_SLOT = 60L * Count.MINUTES_PER_SLOT;
    private static final long SECONDS_PER_DAY = 24 * 60 * 60;

    private final Map<Key, Sum> sums = new HashMap<>();

    private record Key(UUID account, long day, String user, String feature, int source) {}

    private static final class Sum {
        private long events;
        private final BitSet slots = new BitSet(Count.SLOTS);
        private int first = Integer.MAX_VALUE;
        private int last;
    }

    /** @param user empty for none */
    void add(UUID account, String user, Event event) {
        long second = event.moment().getEpochSecond();
        Key key = new Key(account, Math.floorDiv(second, SECONDS_PER_DAY), user, event.feature(), event.source());
        Sum sum = sums.computeIfAbsent(key, any -> new Sum());
        sum.events++;
        int ofDay = (int) Math.floorMod(second, SECONDS_PER_DAY);
        sum.slots.set((int) (ofDay / SECONDS_PER_SLOT));
        sum.first = Math.min(sum.first, ofDay);
        sum.last = Math.max(sum.last, ofDay);
    }

    Collection<Count> counts() {
        List<Count> counts = new ArrayList<>(sums.size());
        sums.forEach((key, sum) -> counts.add(new Count(
                new AccountId(key.account()),
                LocalDate.ofEpochDay(key.day()),
                key.user(),
                key.feature(),
                sourceRef(key.source()),
                sum.events,
                sum.slots,
                sum.first,
                sum.last)));
        return counts;
    }

    static String sourceRef(int source) {
        return "source:" + source;
    }
}
