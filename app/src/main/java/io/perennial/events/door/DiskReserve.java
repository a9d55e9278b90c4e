package io.perennial.events.door;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Whether the disk under the embedded database has room for more events. PostgreSQL stops altogether on a full disk, so
 * the entrance closes before and everything else goes on. An external database looks after its own disk.
 */
@Component
class DiskReserve {

    private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();
    private static final long MEGABYTE = 1024L * 1024;

    private final Path data;
    private final boolean ours;
    private final int fullPercent;
    private final long leastFree;
    private volatile long nextLook = System.nanoTime();
    private volatile boolean low;

    DiskReserve(
            @Value("${perennial.data}") Path data,
            @Value("${perennial.database-url:}") String external,
            @Value("${perennial.events.disk-full-percent:90}") int fullPercent,
            @Value("${perennial.events.disk-free-mb:512}") int leastFreeMegabytes) {
        this.data = data;
        this.ours = external.isBlank();
        this.fullPercent = fullPercent;
        this.leastFree = leastFreeMegabytes * MEGABYTE;
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

    /** As it was when it was last looked at. */
    boolean low() {
        return low;
    }

    private void look() {
        try {
            FileStore disk = Files.getFileStore(existing());
            judge(disk.getTotalSpace() - disk.getUnallocatedSpace(), disk.getUsableSpace());
        } catch (IOException unknown) {
            LOG.warn("Cannot see how full the disk of {} is: {}", data, unknown.toString());
        }
    }

    private Path existing() {
        Path folder = data.toAbsolutePath();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** @param usable what we may still write; less than what is free where the system keeps some for itself */
    void judge(long used, long usable) {
        boolean nowLow = usable < leastFree || used * 100.0 / Math.max(1, used + usable) >= fullPercent;
        if (nowLow != low) {
            low = nowLow;
            if (nowLow) {
                LOG.error(
                        "The disk of {} is nearly full ({} MB left): events are refused with 503 until there is space",
                        data,
                        usable / MEGABYTE);
            } else {
                LOG.warn("The disk of {} has space again: events are taken", data);
            }
        }
    }
}
