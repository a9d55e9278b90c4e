package io.perennial.metrics.service;

import io.perennial.knowledge.SelfService;
import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Cases that self-service kept from being needed, as the knowledge base observes them. */
@Component
class DeflectionReading implements Reading {

    private final SelfService selfService;

    DeflectionReading(SelfService selfService) {
        this.selfService = selfService;
    }

    @Override
    public Answer read(Question question) {
        SelfService.Figure seen = selfService.deflection(question.start(), question.end());
        return Answer.of(Figure.share(
                        BigDecimal.valueOf(seen.withoutCase()),
                        BigDecimal.valueOf(seen.withIntent()),
                        new Reason("NO_VISITS", seen.reason()))
                .sampled(seen.withIntent())
                .leavingOut("less than 24 hours old", seen.undecided()));
    }

    @Override
    public Set<String> definitions() {
        return Set.of("observed");
    }

    @Override
    public Set<Dimension> dimensions() {
        return Set.of();
    }
}
