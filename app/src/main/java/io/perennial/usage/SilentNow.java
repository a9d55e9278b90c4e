package io.perennial.usage;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.stereotype.Component;

/** The sources whose silence keeps figures at an earlier day, in words for pages about many accounts. */
@Component
public class SilentNow {

    private final Unheard unheard;
    private final Clock clock;

    SilentNow(Unheard unheard, Clock clock) {
        this.unheard = unheard;
        this.clock = clock;
    }

    /** The longest silent first; empty when every source speaks. */
    public List<String> sources() {
        return unheard.holding(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).stream()
                .map(SilenceWords::source)
                .toList();
    }
}
