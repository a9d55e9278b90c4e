package io.perennial.renewals;

import io.perennial.platform.background.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What a day asks for once terms are kept: what the colours mean, what was expected 90 days before, who is gone. Doing it twice is doing it once. */
@Component
class DailyWork extends Loop {

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private final Odds odds;
    private final Snapshots snapshots;
    private final Departures departures;
    private final Clock clock;
    private @Nullable LocalDate measured;

    DailyWork(
            Odds odds,
            Snapshots snapshots,
            Departures departures,
            Clock clock,
            @Value("${perennial.renewals.keeping:true}") boolean enabled) {
        super("renewals-daily", LOOK_AGAIN, enabled);
        this.odds = odds;
        this.snapshots = snapshots;
        this.departures = departures;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        day();
        return LOOK_AGAIN;
    }

    @Override
    protected void hurry() {
        odds.giveUp();
    }

    void day() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(measured)) {
            odds.measure();
            measured = today;
        }
        snapshots.take();
        departures.look();
    }
}
