package io.perennial.platform.files;

/** Every limit of stored files, in one place. */
public final class FileLimits {

    /** One file, unless the caller asks for less. Larger ones come in as imports, which go to disk. */
    public static final long MOST_BYTES = 25L * 1024 * 1024;

    /** Held in memory at a time, for storing and for reading alike. */
    static final int PIECE_BYTES = 256 * 1024;

    /** Characters of a name, ending included. */
    static final int LONGEST_NAME = 200;

    private FileLimits() {}
}
