package io.perennial.events.door;

/** What the body of a request looks like. */
enum Shape {
    /** One event of Segment's. */
    SINGLE,
    /** Segment's object around a list of events. */
    BATCH,
    CLOUD_EVENT,
    CLOUD_BATCH
}
