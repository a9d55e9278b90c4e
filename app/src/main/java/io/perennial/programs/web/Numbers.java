package io.perennial.programs.web;

import org.jspecify.annotations.Nullable;

/** Whole numbers of addresses and forms, which anybody may write. */
final class Numbers {

    private Numbers() {}

    static int read(@Nullable String text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
