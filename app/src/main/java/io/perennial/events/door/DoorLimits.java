package io.perennial.events.door;

import java.time.Duration;
import java.time.Instant;

/** Every bound of the entrance in one place; code, tests and documentation read them from here. */
public final class DoorLimits {

    public static final int EVENT_BYTES = 32 * 1024;

    /** Of one request, before and after unpacking. */
    public static final int BODY_BYTES = 500 * 1024;

    public static final int BATCH_EVENTS = 2_500;
    public static final int MESSAGE_ID_LENGTH = 100;
    public static final int ID_LENGTH = 255;
    public static final int NAME_LENGTH = 255;

    /** Levels of objects and lists inside an event. */
    public static final int DEPTH = 64;

    /** Of all requests together: bodies being read, rows waiting for the database, rows being written. */
    public static final int ROOM_BYTES = 64 * 1024 * 1024;

    /** How long a client may take to send one body. */
    public static final Duration BODY_WITHIN = Duration.ofSeconds(30);

    /** How long a client waits for the commit at most; after that it is told to send again. */
    public static final Duration COMMIT_WITHIN = Duration.ofSeconds(10);

    /** Events further ahead of us than this happened when they arrived. */
    public static final Duration AHEAD = Duration.ofDays(1);

    /** Events before this day are kept under it and count for nobody's present. */
    public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /** Refusals of one request that are kept with their reason; all are counted. */
    static final int REFUSALS_KEPT = 20;

    /** Refusals kept of each source. */
    static final int REFUSALS_WINDOW = 1_000;

    static final int EXCERPT_LENGTH = 300;

    private DoorLimits() {}
}
