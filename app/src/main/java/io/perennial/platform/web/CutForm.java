package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A form whose files were too much: they were thrown away unread, and what was typed before them is kept. The page refuses it with
 * these words and shows the form again.
 */
public final class CutForm {

    /** Request attribute: why, as a sentence for the person. */
    public static final String WHY = "io.perennial.cut-form";

    private CutForm() {}

    /** @throws IllegalArgumentException with a sentence for the person, when the form was cut */
    public static void refuse(HttpServletRequest request) {
        @Nullable Object why = request.getAttribute(WHY);
        if (why != null) {
            throw new IllegalArgumentException(why.toString());
        }
    }
}
