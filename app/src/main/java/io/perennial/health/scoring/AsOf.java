package io.perennial.health.scoring;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Scores as of any instant, by the very path that scores live. */
@Component
public class AsOf {

    private final Assessments assessments;
    private final Models models;

    AsOf(Assessments assessments, Models models) {
        this.assessments = assessments;
        this.models = models;
    }

    public Optional<Assessment> of(AccountId account, Instant instant) {
        return of(List.of(account), instant).stream().findFirst();
    }

    public List<Assessment> of(List<AccountId> accounts, Instant instant) {
        return assessments.of(accounts, instant, models.inForceAt(instant));
    }
}
