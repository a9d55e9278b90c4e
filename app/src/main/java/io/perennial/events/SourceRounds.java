package io.perennial.events;

import io.perennial.platform.live.Live;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What is looked after beside the stream of events: each second open pages are told which sources spoke, every few seconds a
 * few events are looked into, and each minute silences.
 */
@Component
class SourceRounds implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SourceRounds.class);
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int SAMPLING = 5;
    private static final int WATCHING = 60;
    /** What became of an event is known a little later than that it came. */
    private static final int TOLD_AGAIN_AFTER = 3;

    private final SourceActivity activity;
    private final SchemaSampling sampling;
    private final SilenceWatch watch;
    private final Live live;
    private final boolean enabled;
    private final Set<Integer> again = new HashSet<>();
    private volatile @Nullable CountDownLatch end;
    private @Nullable Thread thread;

    SourceRounds(
            SourceActivity activity,
            SchemaSampling sampling,
            SilenceWatch watch,
            Live live,
            @Value("${perennial.events.reading:true}") boolean enabled) {
        this.activity = activity;
        this.sampling = sampling;
        this.watch = watch;
        this.live = live;
        this.enabled = enabled;
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
    public boolean isAutoStartup() {
        return enabled;
    }

    @Override
    public void start() {
        CountDownLatch fresh = new CountDownLatch(1);
        end = fresh;
        thread = Thread.ofPlatform().name("source rounds").daemon().start(() -> run(fresh));
    }

    private void run(CountDownLatch ended) {
        try {
            for (long number = 0; !ended.await(ROUND.toMillis(), TimeUnit.MILLISECONDS); number++) {
                try {
                    round(number);
                } catch (RuntimeException e) {
                    log.warn("A round of the sources stumbled and comes again: {}", e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        CountDownLatch ending = end;
        end = null;
        if (ending != null) {
            ending.countDown();
        }
        Thread running = thread;
        if (running != null) {
            try {
                running.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return end != null;
    }
}
