package io.perennial.console;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.AdminWarning;
import io.perennial.platform.web.Wording;
import io.perennial.usage.counting.Silences;
import io.perennial.usage.counting.Silences.Silence;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Tells those who can do something about it what is wrong: administrators and leaders that a source of events is silent,
 * administrators what is wrong with the server itself.
 */
@Component
class SilentBanners {

    private final Silences silences;

    private final List<AdminWarning> warnings;

    SilentBanners(Silences silences, List<AdminWarning> warnings) {
        this.silences = silences;
        this.warnings = warnings;
    }

    /** A few sentences for each thing; a silent source that is just in a usual pause is none. */
    List<String> of(Viewer viewer) {
        if (viewer.role() != Role.ADMIN && viewer.role() != Role.LEADER) {
            return List.of();
        }
        Stream<String> server = viewer.role() == Role.ADMIN
                ? warnings.stream().flatMap(warning -> warning.warning().stream())
                : Stream.empty();
        Stream<String> silent = silences.open().stream().filter(Silence::told).map(SilentBanners::words);
        return Stream.concat(server, silent).toList();
    }

    private static String words(Silence silence) {
        return silence.name() + " is silent since " + Wording.moment(silence.since()) + ". Use of "
                + Wording.count(silence.accounts()) + (silence.accounts() == 1 ? " account" : " accounts")
                + " is known up to " + Wording.day(silence.knownUntil())
                + "; scores and signals stand there until it speaks again.";
    }
}
