package io.perennial.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** What every campaign does with its victim. */
final class Campaign {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final long LOOK_EVERY_MS = 20;

    private Campaign() {}

    static void start(Victim victim) throws Exception {
        victim.launch();
        until("the server is ready", START_LIMIT, victim::ready);
    }

    /** @return their write keys */
    static List<String> sources(Victim victim, int number) throws Exception {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            keys.add(victim.createSource("source " + i));
        }
        return keys;
    }

    static void until(String what, Duration limit, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("%s within %s", what, limit).isLessThan(end);
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    static void untilAllIsRead(Victim victim, Driver driver, Duration limit) throws Exception {
        until("everything is acknowledged", limit, driver::finished);
        until("everything is read", limit, victim::hasReadAll);
    }

    static Balance balance(Victim victim, Driver driver) throws Exception {
        try (Connection database = victim.connect()) {
            return Balance.of(database, driver.messages());
        }
    }
}
