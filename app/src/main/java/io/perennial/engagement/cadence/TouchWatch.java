package io.perennial.engagement.cadence;

import io.perennial.engagement.capture.WaitingLetters;
import io.perennial.engagement.people.Departures;
import io.perennial.platform.background.Loop;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Looks every quarter of an hour who was heard, who is overdue and who has left. */
@Component
class TouchWatch extends Loop {

    private static final Duration REST = Duration.ofMinutes(15);

    private final TouchWork work;
    private final Departures departures;
    private final WaitingLetters letters;

    TouchWatch(
            TouchWork work,
            Departures departures,
            WaitingLetters letters,
            @Value("${perennial.engagement.watch:true}") boolean enabled) {
        super("engagement-watch", Duration.ofMinutes(1), enabled);
        this.work = work;
        this.departures = departures;
        this.letters = letters;
    }

    @Override
    protected Duration step() {
        letters.fileKnown();
        departures.look();
        work.work();
        return REST;
    }
}
