package io.perennial.console;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Wording;
import io.perennial.usage.counting.Silences;
import io.perennial.usage.counting.Silences.Silence;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells those who can do something about it that a source of events is silent: administrators and leaders. */
@Component
class SilentBanners {

    private final Silences silences;

    SilentBanners(Silences silences) {
        this.silences = silences;
    }

    /** One sentence for each silent source that is not just in a usual pause. */
    List<String> of(Viewer viewer) {
        if (viewer.role() != Role.ADMIN && viewer.role() != Role.LEADER) {
            return List.of();
        }
        return silences.open().stream()
                .filter(Silence::told)
                .map(SilentBanners::words)
                .toList();
    }

    private static String words(Silence silence) {
        return silence.name() + " is silent since " + Wording.moment(silence.since()) + ". Use of "
                + Wording.count(silence.accounts()) + (silence.accounts() == 1 ? " account" : " accounts")
                + " is known up to " + Wording.day(silence.knownUntil())
                + "; scores and signals stand there until it speaks again.";
    }
}
