package io.perennial.usage;

import static io.perennial.platform.web.Wording.day;
import static io.perennial.platform.web.Wording.moment;

/** Why something is known up to a day only, as pages say it. */
final class SilenceWords {

    private SilenceWords() {}

    /** @param what is known, such as Usage */
    static String of(String what, Unheard.Silence silence) {
        return what + " is known up to " + day(silence.knownUntil()) + ": " + source(silence) + ".";
    }

    /** {@code source Mobile is silent since 20 November 2026, 14:05}. */
    static String source(Unheard.Silence silence) {
        String source = "source " + silence.name();
        if (silence.heardOn() != null) {
            return source + " was silent since " + moment(silence.since()) + " and speaks again since "
                    + day(silence.heardOn());
        }
        return source + (silence.closed() ? " was closed after " : " is silent since ") + moment(silence.since());
    }
}
