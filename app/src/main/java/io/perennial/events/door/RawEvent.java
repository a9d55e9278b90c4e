package io.perennial.events.door;

import org.jspecify.annotations.Nullable;

/** One event as it was read: where its text stands in the body, the few values the inbox has columns for, as texts. */
final class RawEvent {

    final int index;
    int start;
    int end;

    @Nullable
    String type;

    @Nullable
    String messageId;

    @Nullable
    String userId;

    @Nullable
    String anonymousId;

    @Nullable
    String groupId;

    @Nullable
    String contextGroupId;

    @Nullable
    String previousId;

    @Nullable
    String event;

    @Nullable
    String name;

    @Nullable
    String timestamp;

    @Nullable
    String originalTimestamp;

    @Nullable
    String sentAt;

    /** Of a CloudEvent: its source; together with the id it is unique. */
    @Nullable
    String origin;

    @Nullable
    String subject;

    @Nullable
    String version;

    /** The first thing that is wrong with the text itself. */
    @Nullable
    String problem;

    String detail = "";

    RawEvent(int index) {
        this.index = index;
    }

    void refuse(String code, String why) {
        if (problem == null) {
            problem = code;
            detail = why;
        }
    }
}
