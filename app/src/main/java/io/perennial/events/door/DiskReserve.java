package io.perennial.events.door;

import io.perennial.events.EntranceWarning;
import io.perennial.platform.database.DiskRoom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Whether the disk under the embedded database has room for more events. PostgreSQL stops altogether on a full disk, so
 * the entrance closes before and everything else goes on. An external database looks after its own disk.
 */
@Component
class DiskReserve implements EntranceWarning {

    private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private final Path data;
    private final boolean ours;
    private final int fullPercent;
    private final long leastFree;
    private volatile long nextLook = System.nanoTime();
    private volatile long usable;
    private volatile boolean low;

    DiskReserve(
            @Value("${perennial.data}") Path data,
            @Value("${perennial.database-url:}") String external,
            @Value("${perennial.events.disk-full-percent:" + DiskRoom.FULL_PERCENT + "}") int fullPercent,
            @Value("${perennial.events.disk-free-mb:" + DiskRoom.LEAST_FREE_MEGABYTES + "}") int leastFreeMegabytes) {
        this.data = data;
        this.ours = external.isBlank();
        this.fullPercent = fullPercent;
        this.leastFree = leastFreeMegabytes * DiskRoom.MEGABYTE;
    }

    /** Looks at most once a second. */
    boolean isLow() {
        long now = System.nanoTime();
        if (ours && now - nextLook >= 0) {
            nextLook = now + LOOK_EVERY;
            look();
        }
        return low;
    }

    @Override
    public Optional<String> warning() {
        return isLow()
                ? Optional.of(
                        "The disk is nearly full (%,d MB left): events are refused until there is space, and the apps"
                                        .formatted(usable / DiskRoom.MEGABYTE)
                                + " send them again later. Free space on the disk of "
                                + data.toAbsolutePath().normalize()
                                + " or make it larger; nothing needs to be restarted.")
                : Optional.empty();
    }

    private void look() {
        try {
            judge(DiskRoom.under(data));
        } catch (IOException unknown) {
            LOG.warn("Cannot see how full the disk of {} is: {}", data, unknown.toString());
        }
    }

    void judge(DiskRoom room) {
        usable = room.usable();
        boolean nowLow = room.isLow(fullPercent, leastFree);
        if (nowLow != low) {
            low = nowLow;
            if (nowLow) {
                LOG.error(
                        "The disk of {} is nearly full ({} MB left): events are refused with 503 until there is space",
                        data,
                        usable / DiskRoom.MEGABYTE);
            } else {
                LOG.warn("The disk of {} has space again: events are taken", data);
            }
        }
    }
}
