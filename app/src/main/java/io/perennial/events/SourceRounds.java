package io.perennial.events;

import io.perennial.platform.background.Loop;
import io.perennial.platform.live.Live;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What is looked after beside the stream of events: each second open pages are told which sources spoke, every few seconds a
 * few events are looked into, and each minute silences.
 */
@Component
class SourceRounds extends Loop {

    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int SAMPLING = 5;
    private static final int WATCHING = 60;
    /** What became of an event is known a little later than that it came. */
    private static final int TOLD_AGAIN_AFTER = 3;

    private final SourceActivity activity;
    private final SchemaSampling sampling;
    private final SilenceWatch watch;
    private final Live live;
    private final Set<Integer> again = new HashSet<>();
    private long next;

    SourceRounds(
            SourceActivity activity,
            SchemaSampling sampling,
            SilenceWatch watch,
            Live live,
            @Value("${perennial.events.reading:true}") boolean enabled) {
        super("source rounds", ROUND, enabled);
        this.activity = activity;
        this.sampling = sampling;
        this.watch = watch;
        this.live = live;
    }

    void round(long number) {
        Set<Integer> news = activity.news();
        tell(news);
        again.addAll(news);
        if (number % TOLD_AGAIN_AFTER == 0) {
            tell(again);
            again.clear();
        }
        if (number % SAMPLING == 0) {
            sampling.look();
        }
        if (number % WATCHING == 0) {
            watch.look();
        }
    }

    private void tell(Set<Integer> sources) {
        sources.forEach(source -> live.changed("source:" + source));
    }

    @Override
    protected Duration step() {
        round(next++);
        return ROUND;
    }
}
