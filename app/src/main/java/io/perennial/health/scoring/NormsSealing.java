package io.perennial.health.scoring;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Norms;
import io.perennial.health.model.NormsCount;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Seals what is usual: monthly, when a model is published, and when the first accounts have come. */
@Component
class NormsSealing {

    /** With fewer accounts than this a mean says little, and the neutral one stands. */
    static final int ENOUGH_ACCOUNTS = 20;

    private final Assessments assessments;
    private final AllAccounts accounts;
    private final KeptReadings kept;
    private final Pass pass;
    private final StoredNorms norms;
    private final TransactionOperations transactions;

    NormsSealing(
            Assessments assessments,
            AllAccounts accounts,
            KeptReadings kept,
            Pass pass,
            StoredNorms norms,
            TransactionOperations transactions) {
        this.assessments = assessments;
        this.accounts = accounts;
        this.kept = kept;
        this.pass = pass;
        this.norms = norms;
        this.transactions = transactions;
    }

    /**
     * Brings the means of these models up to date for the month of that day: as of its first instant, or, for a version
     * that has none yet, as of now and standing for all the past, because nothing better is known.
     *
     * @return whether any were sealed
     */
    boolean sealMissing(Instant now, List<ModelVersion> models) {
        LocalDate month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        List<ModelVersion> fresh = models.stream()
                .filter(version -> !norms.sealedSince(LocalDate.EPOCH, version.id()))
                .toList();
        List<ModelVersion> old = models.stream()
                .filter(version -> !fresh.contains(version) && !norms.sealedSince(month, version.id()))
                .toList();
        if (fresh.isEmpty() && old.isEmpty() || accounts.count() < ENOUGH_ACCOUNTS) {
            return false;
        }
        if (!fresh.isEmpty()) {
            Basis basis = kept.basis(now);
            seal(now, fresh, List.of(LocalDate.EPOCH, month), chunk -> present(chunk, basis, now, fresh));
        }
        if (!old.isEmpty()) {
            seal(month.atStartOfDay(ZoneOffset.UTC).toInstant(), old, List.of(month));
        }
        return true;
    }

    boolean missing(Instant now, List<ModelVersion> models) {
        LocalDate month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        return models.stream().anyMatch(version -> !norms.sealedSince(month, version.id()));
    }

    /** Means as of that instant, standing from each of these days until the next sealing. */
    void seal(Instant asOf, List<ModelVersion> models, List<LocalDate> from) {
        seal(
                asOf,
                models,
                from,
                chunk -> assessments.readings(chunk, asOf, models).values());
    }

    /** Of now the stored readings are as good as the facts, where they still stand. */
    private Collection<AccountReadings> present(
            List<AccountId> chunk, Basis basis, Instant now, List<ModelVersion> models) {
        Map<AccountId, AccountReadings> found = new HashMap<>();
        kept.of(chunk, basis, now, models).forEach(one -> found.put(one.account(), one.readings()));
        List<AccountId> others =
                chunk.stream().filter(account -> !found.containsKey(account)).toList();
        if (!others.isEmpty()) {
            found.putAll(assessments.readings(others, now, models));
        }
        return found.values();
    }

    private void seal(
            Instant asOf,
            List<ModelVersion> models,
            List<LocalDate> from,
            Function<List<AccountId>, Collection<AccountReadings>> read) {
        LocalDate day = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        Map<UUID, NormsCount> counts = counts(models);
        AtomicInteger seen = new AtomicInteger();
        pass.run(
                AllAccounts.START,
                chunk -> {
                    Map<UUID, NormsCount> own = counts(models);
                    read.apply(chunk).forEach(readings -> count(readings, models, own, day));
                    synchronized (counts) {
                        own.forEach((version, count) ->
                                Objects.requireNonNull(counts.get(version)).add(count));
                    }
                },
                chunk -> seen.addAndGet(chunk.size()),
                () -> false);
        transactions.executeWithoutResult(transaction -> counts.forEach((version, count) -> {
            Norms sealed = count.seal();
            from.forEach(start -> norms.seal(start, version, sealed, seen.get()));
        }));
    }

    private static Map<UUID, NormsCount> counts(List<ModelVersion> models) {
        Map<UUID, NormsCount> counts = new LinkedHashMap<>();
        models.forEach(version -> counts.put(version.id(), new NormsCount(version.model())));
        return counts;
    }

    private static void count(
            AccountReadings readings, List<ModelVersion> models, Map<UUID, NormsCount> counts, LocalDate day) {
        ModelVersion version = Assessments.modelFor(models, readings);
        NormsCount count = version == null ? null : counts.get(version.id());
        if (count != null) {
            count.add(readings, day);
        }
    }
}
