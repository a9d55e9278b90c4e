package io.perennial.platform.database;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much room a disk has, in bytes.
 *
 * @param usable what we may still write; less than what is free where the system keeps some for itself
 */
public record DiskRoom(long used, long usable) {

    /** A disk that is so full takes no more events: PostgreSQL stops altogether on one that is quite full. */
    public static final String FULL_PERCENT = "90";

    /** Nor does one with less than this free, however large it is. */
    public static final String LEAST_FREE_MEGABYTES = "512";

    public static final long MEGABYTE = 1024L * 1024;

    /** @param data which may not be there yet */
    public static DiskRoom under(Path data) throws IOException {
        Path folder = data.toAbsolutePath();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        FileStore disk = Files.getFileStore(folder);
        return new DiskRoom(disk.getTotalSpace() - disk.getUnallocatedSpace(), disk.getUsableSpace());
    }

    public boolean isLow(int fullPercent, long leastFree) {
        return usable < leastFree || used * 100.0 / Math.max(1, used + usable) >= fullPercent;
    }

    /** With the limits that hold unless an operator sets others. */
    boolean isLow() {
        return isLow(Integer.parseInt(FULL_PERCENT), Long.parseLong(LEAST_FREE_MEGABYTES) * MEGABYTE);
    }
}
