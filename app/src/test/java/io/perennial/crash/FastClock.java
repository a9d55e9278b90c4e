package io.perennial.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A clock that runs faster than the machine's, so that a campaign of minutes crosses midnights and the end of a month. It
 * stands until it is told to run. Two processes with the same numbers show the same time, and a restart does not set it
 * back.
 */
final class FastClock extends Clock {

    private static final String SETTING = "perennial.crash.clock";

    private final Path file;
    private final Instant shown;
    private final int speed;
    private volatile @Nullable Instant begin;

    /**
     * @param file says since when it runs, by the machine's clock
     * @param shown what it shows until then
     * @param speed its seconds in a second
     */
    private FastClock(Path file, Instant shown, int speed) {
        this.file = file;
        this.shown = shown;
        this.speed = speed;
    }

    /** Shows the last day of this month, so long before its end. */
    static FastClock beforeTheEndOfTheMonth(Path directory, Duration before, int speed) {
        Instant end = Clock.systemUTC()
                .instant()
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1)
                .plusMonths(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return new FastClock(directory.resolve("clock"), end.minus(before), speed);
    }

    /** The one that {@link #argument} told this process. */
    static FastClock told() {
        String[] parts = System.getProperty(SETTING, "").split(" ", 3);
        return new FastClock(Path.of(parts[2]), Instant.parse(parts[1]), Integer.parseInt(parts[0]));
    }

    String argument() {
        return "-D%s=%d %s %s".formatted(SETTING, speed, shown, file);
    }

    void run() throws IOException {
        Path written = file.resolveSibling("clock.new");
        Files.writeString(written, Clock.systemUTC().instant().toString());
        Files.move(written, file);
    }

    @Override
    public Instant instant() {
        Instant since = begin;
        if (since == null) {
            if (!Files.exists(file)) {
                return shown;
            }
            try {
                since = Instant.parse(Files.readString(file));
                begin = since;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shown.plus(Duration.between(since, Clock.systemUTC().instant()).multipliedBy(speed));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The product's clock tells UTC.");
    }
}
