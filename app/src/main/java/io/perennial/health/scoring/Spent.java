package io.perennial.health.scoring;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Where the time of scoring goes, summed over all threads since it was last asked: what a recompute is limited by. */
@Component
public class Spent {

    /** The steps of scoring a batch. */
    public enum On {
        STORED("reading stored readings"),
        READING("reading facts"),
        WORDS("words"),
        SCORING("scoring"),
        STORING("storing scores"),
        HISTORY("storing history"),
        SIGNALS("signals"),
        OVERVIEW("the rows of lists"),
        STAKES("what signals put at stake");

        private final String words;

        On(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final Map<On, LongAdder> nanos = new EnumMap<>(On.class);

    private final LongAdder weighed = new LongAdder();

    Spent() {
        for (On on : On.values()) {
            nanos.put(on, new LongAdder());
        }
    }

    /** @return now, the start of the next step */
    long on(On step, long since) {
        long now = System.nanoTime();
        LongAdder sum = nanos.get(step);
        if (sum != null) {
            sum.add(now - since);
        }
        return now;
    }

    /** So many accounts were weighed anew without a look at their facts. */
    void weighed(int accounts) {
        weighed.add(accounts);
    }

    /** How many accounts were; starts again from nothing. */
    public long takeWeighed() {
        return weighed.sumThenReset();
    }

    /** Milliseconds of work by step; starts again from nothing. */
    public Map<On, Long> take() {
        Map<On, Long> taken = new EnumMap<>(On.class);
        nanos.forEach((step, sum) -> taken.put(step, sum.sumThenReset() / 1_000_000));
        return taken;
    }
}
