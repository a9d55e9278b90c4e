package io.perennial.contracts;

import io.perennial.platform.background.Loop;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Derives the revenue of changed accounts in the background, and rests as long as it works. */
@Component
class RevenueKeeping extends Loop {

    private static final int BATCH = 2_000;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final RevenueLevels levels;

    RevenueKeeping(RevenueLevels levels, @Value("${perennial.contracts.revenue:true}") boolean enabled) {
        super("revenue-levels", LOOK_AGAIN, enabled);
        this.levels = levels;
    }

    @Override
    protected Duration step() {
        long began = System.nanoTime();
        return levels.keep(BATCH) == 0 ? LOOK_AGAIN : asLongAsSince(began);
    }
}
