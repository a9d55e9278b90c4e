package io.perennial.renewals;

import io.perennial.platform.background.Loop;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Keeps renewals true in the background: of accounts whose contracts changed, and of all when another day begins. */
@Component
class TermKeeping extends Loop {

    private static final int BATCH = 2_000;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final DueTerms terms;

    TermKeeping(DueTerms terms, @Value("${perennial.renewals.keeping:true}") boolean enabled) {
        super("renewals", LOOK_AGAIN, enabled);
        this.terms = terms;
    }

    @Override
    protected Duration step() {
        long began = System.nanoTime();
        return terms.keep(BATCH) == 0 ? LOOK_AGAIN : asLongAsSince(began);
    }
}
