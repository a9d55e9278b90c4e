package io.perennial.playbooks;

import io.perennial.platform.background.Loop;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Looks, lets in, and takes from step to step; woken by every commit that concerns it. */
@Component
public class PlaybookLoop extends Loop {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final Looking looking;
    private final Starting starting;
    private final Running running;

    PlaybookLoop(
            Looking looking,
            Starting starting,
            Running running,
            @Value("${perennial.playbooks.loop:true}") boolean enabled) {
        super("playbooks", PAUSE_AFTER_FAILURE, enabled);
        this.looking = looking;
        this.starting = starting;
        this.running = running;
    }

    /** A playbook was switched on: everybody is looked at once that is committed, also after a crash. */
    void wakeForEverybody() {
        looking.againAtEverybody();
        wakeAfterCommit();
    }

    /** Everything that is due now, until nothing is left. */
    public void drain() {
        while (work()) {
            // The next portion.
        }
    }

    /** Everybody is looked at, then everything that is due is done. */
    public void sweep() {
        looking.everybody();
        drain();
    }

    private synchronized boolean work() {
        looking.readNews();
        boolean worked = false;
        if (looking.whenItIsTime()) {
            starting.dropStale();
            worked = true;
        }
        worked |= looking.batch() > 0;
        worked |= starting.admit() > 0;
        worked |= running.advance() > 0;
        return worked;
    }

    @Override
    protected Duration step() {
        return work() ? Duration.ZERO : POLL;
    }
}
