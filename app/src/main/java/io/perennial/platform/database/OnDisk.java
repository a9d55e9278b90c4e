package io.perennial.platform.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that must outlive a power cut: what the system has only in memory is gone then. */
public final class OnDisk {

    private OnDisk() {}

    /** Returns when the file, or the list of names in the directory, lies on the disk. */
    public static void force(Path fileOrDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrDirectory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
