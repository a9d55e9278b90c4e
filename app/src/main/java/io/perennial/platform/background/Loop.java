package io.perennial.platform.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * One thread that takes a {@link #step()} again and again, rests between steps for as long as the step says, and can be
 * woken. A step that fails is told in the log and comes again after a pause; nothing but {@link #stop()} ends the loop.
 */
public abstract class Loop implements SmartLifecycle {

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration SHORTEST_REST = Duration.ofMillis(20);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final Duration pauseAfterFailure;
    private final boolean enabled;
    private final Semaphore wake = new Semaphore(0);
    private volatile @Nullable Thread thread;

    /**
     * @param name of the thread and in the log
     * @param enabled whether the product's start starts it
     */
    protected Loop(String name, Duration pauseAfterFailure, boolean enabled) {
        this.name = name;
        this.pauseAfterFailure = pauseAfterFailure;
        this.enabled = enabled;
    }

    /** @return how long to rest before the next step unless woken; zero to go on at once */
    protected abstract Duration step();

    /**
     * A rest as long as the work, for what nobody waits for: an import or an update can leave hours of it, and people at their
     * pages come first.
     *
     * @param began the {@link System#nanoTime()} at which this step began
     */
    protected static Duration asLongAsSince(long began) {
        Duration worked = Duration.ofNanos(System.nanoTime() - began);
        return worked.compareTo(SHORTEST_REST) > 0 ? worked : SHORTEST_REST;
    }

    /** There is something to do; cheap, and calling it twice is calling it once. */
    public final void wake() {
        wake.release();
    }

    /** Wakes when the caller's transaction has committed; at once outside of one. */
    public final void wakeAfterCommit() {
        AfterCommit.run(this::wake);
    }

    @Override
    public final boolean isAutoStartup() {
        return enabled;
    }

    @Override
    public final void start() {
        // Known before it runs: the loop ends as soon as it is not the one that was asked for.
        Thread fresh = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        thread = fresh;
        fresh.start();
    }

    /** Asked of a step that is still under way three seconds after the end was asked for: it may give up what it can do again. */
    protected void hurry() {}

    /** Waits until the step that is under way is done, at most ten seconds. */
    @Override
    public final void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            wake();
            try {
                if (!running.join(PATIENCE)) {
                    hurry();
                    running.join(LONGEST_GOODBYE.minus(PATIENCE));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public final boolean isRunning() {
        Thread present = thread;
        return present != null && present.isAlive();
    }

    private void run() {
        boolean failed = false;
        while (thread == Thread.currentThread()) {
            Duration rest;
            try {
                rest = step();
                failed = false;
            } catch (RuntimeException e) {
                tell(e, failed);
                failed = true;
                rest = pauseAfterFailure;
            }
            rest(rest);
        }
    }

    /** The whole story once; while it goes on, a line each time. A step that did not come to its end before the stop begins anew. */
    private void tell(RuntimeException e, boolean again) {
        if (thread != Thread.currentThread()) {
            log.info("{} was stopped within a step, which comes again at the next start", name);
        } else if (again) {
            log.warn("{} stumbled again: {}", name, e.toString());
        } else {
            log.warn("{} stumbled and tries again", name, e);
        }
    }

    private void rest(Duration longest) {
        if (longest.isZero()) {
            return;
        }
        try {
            if (wake.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread = null;
        }
    }
}
