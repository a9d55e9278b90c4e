package io.perennial.playbooks;

/** Nothing was changed; the message says why and what would be right. */
public final class PlaybookRefused extends RuntimeException {

    PlaybookRefused(String message) {
        super(message);
    }
}
