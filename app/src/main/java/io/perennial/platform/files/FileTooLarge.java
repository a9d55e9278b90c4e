package io.perennial.platform.files;

/** A file has more bytes than may be stored; nothing of it was kept. The message is for the person who sent it. */
public final class FileTooLarge extends RuntimeException {

    private static final long MEGABYTE = 1024 * 1024;

    private final long limit;

    FileTooLarge(String name, long limit) {
        super("The file " + name + " is larger than " + megabytes(limit) + " and was not taken.");
        this.limit = limit;
    }

    /** In bytes. */
    public long limit() {
        return limit;
    }

    private static String megabytes(long bytes) {
        return bytes < MEGABYTE ? bytes / 1024 + " KB" : bytes / MEGABYTE + " MB";
    }
}
