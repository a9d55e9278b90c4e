package io.perennial.platform.imports;

import java.util.Arrays;

/**
 * Remembers which identifiers a file has had, in some 24 bytes a row, to tell a row that says the same again from one
 * that contradicts an earlier one. Past {@link #MOST} rows it stops looking; the database still keeps each record once.
 */
final class SeenRows {

    /** Keeps the tables below 64 MB. */
    static final int MOST = 3_000_000;

    private long[] identities = new long[1 << 12];
    private int[] contents = new int[1 << 12];
    private int[] lines = new int[1 << 12];
    private int size;

    /**
     * @param content hash of what is said about the identifier
     * @return line on which the identifier was first seen: negative when that row said the same, 0 when never
     */
    long see(String identifier, int content, long line) {
        if (size >= MOST) {
            return 0;
        }
        if (size + 1 > identities.length / 4 * 3) {
            grow();
        }
        long identity = hash(identifier);
        int at = slot(identities, identity);
        if (identities[at] == identity) {
            return contents[at] == content ? -lines[at] : lines[at];
        }
        identities[at] = identity;
        contents[at] = content;
        lines[at] = (int) Math.min(line, Integer.MAX_VALUE);
        size++;
        return 0;
    }

    private void grow() {
        long[] oldIdentities = identities;
        int[] oldContents = contents;
        int[] oldLines = lines;
        identities = new long[oldIdentities.length * 2];
        contents = Arrays.copyOf(contents, identities.length);
        lines = Arrays.copyOf(lines, identities.length);
        for (int i = 0; i < oldIdentities.length; i++) {
            if (oldIdentities[i] != 0) {
                int at = slot(identities, oldIdentities[i]);
                identities[at] = oldIdentities[i];
                contents[at] = oldContents[i];
                lines[at] = oldLines[i];
            }
        }
    }

    private static int slot(long[] table, long identity) {
        int at = (int) (identity >>> 20) & (table.length - 1);
        while (table[at] != 0 && table[at] != identity) {
            at = (at + 1) & (table.length - 1);
        }
        return at;
    }

    /** 64 bits, so that two of eight million identifiers collide with a chance of one in half a million. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
        return hash == 0 ? 1 : hash;
    }
}
