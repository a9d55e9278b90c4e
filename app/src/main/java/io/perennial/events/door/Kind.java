package io.perennial.events.door;

import org.jspecify.annotations.Nullable;

/** What an event says; the number stands in the inbox. */
enum Kind {
    TRACK(1),
    PAGE(2),
    SCREEN(3),
    IDENTIFY(4),
    GROUP(5),
    ALIAS(6);

    private final short number;

    Kind(int number) {
        this.number = (short) number;
    }

    short number() {
        return number;
    }

    String text() {
        return switch (this) {
            case TRACK -> "track";
            case PAGE -> "page";
            case SCREEN -> "screen";
            case IDENTIFY -> "identify";
            case GROUP -> "group";
            case ALIAS -> "alias";
        };
    }

    static @Nullable Kind of(String text) {
        return switch (text) {
            case "track" -> TRACK;
            case "page" -> PAGE;
            case "screen" -> SCREEN;
            case "identify" -> IDENTIFY;
            case "group" -> GROUP;
            case "alias" -> ALIAS;
            default -> null;
        };
    }
}
