package io.perennial.health.scoring;

import io.perennial.health.model.NormsCount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Seals what is usual: monthly, when a model is published, and when the first accounts have come. */
@Component
class NormsSealing {

    /** With fewer accounts than this a mean says little, and the neutral one stands. */
    static final int ENOUGH_ACCOUNTS = 20;

    private final Assessments assessments;
    private final AllAccounts accounts;
    private final StoredNorms norms;
    private final TransactionOperations transactions;

    NormsSealing(Assessments assessments, AllAccounts accounts, StoredNorms norms, TransactionOperations transactions) {
        this.assessments = assessments;
        this.accounts = accounts;
        this.norms = norms;
        this.transactions = transactions;
    }

    /** Means as of that instant, standing from its day on, for each of the models. */
    void seal(Instant asOf, List<ModelVersion> models) {
        LocalDate day = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        Map<UUID, NormsCount> counts = new HashMap<>();
        models.forEach(version -> counts.put(version.id(), new NormsCount(version.model())));
        int seen = accounts.inChunks(chunk -> assessments
                .readings(chunk, asOf, models)
                .values()
                .forEach(readings -> {
                    ModelVersion version = Assessments.modelFor(models, readings);
                    if (version != null) {
                        counts.get(version.id()).add(readings, day);
                    }
                }));
        if (seen < ENOUGH_ACCOUNTS) {
            return;
        }
        transactions.executeWithoutResult(transaction -> models.forEach(
                version -> norms.seal(day, version.id(), counts.get(version.id()).seal(), seen)));
    }
}
