package io.perennial.health.scoring;

import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Norms;
import io.perennial.health.model.NormsCount;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
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
    private final Models all;
    private final TransactionOperations transactions;

    NormsSealing(
            Assessments assessments,
            AllAccounts accounts,
            KeptReadings kept,
            Pass pass,
            StoredNorms norms,
            Models all,
            TransactionOperations transactions) {
        this.assessments = assessments;
        this.accounts = accounts;
        this.kept = kept;
        this.pass = pass;
        this.norms = norms;
        this.all = all;
        this.transactions = transactions;
    }

    /**
     * Brings the means of these models up to date for the month of that day: as of its first instant, or, for a version
     * that has none yet, as of now and standing for all the past, because nothing better is known. Where a new version
     * says nothing else of single facts than the one before, only weighs them otherwise, the means stand: what is usual
     * has not changed, and nobody is compared with other figures because somebody published weights.
     *
     * @return whether any were sealed
     */
    boolean sealMissing(Instant now, List<ModelVersion> models) {
        LocalDate month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        boolean tookOver = takeOver(models);
        List<ModelVersion> fresh = models.stream()
                .filter(version -> !norms.sealedSince(LocalDate.EPOCH, version.id()))
                .toList();
        List<ModelVersion> old = models.stream()
                .filter(version -> !fresh.contains(version) && !norms.sealedSince(month, version.id()))
                .toList();
        if (fresh.isEmpty() && old.isEmpty() || accounts.count() < ENOUGH_ACCOUNTS) {
            return tookOver;
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

    /** @return whether any version took over the means of the one before it */
    private boolean takeOver(List<ModelVersion> models) {
        boolean any = false;
        for (ModelVersion version : models) {
            if (!norms.sealedSince(LocalDate.EPOCH, version.id())) {
                ModelVersion former = former(version);
                if (former != null) {
                    transactions.executeWithoutResult(transaction -> norms.takeOver(former.id(), version.id()));
                    any = true;
                }
            }
        }
        return any;
    }

    /** The latest version before this one that has means, if they are this one's too. */
    private @Nullable ModelVersion former(ModelVersion version) {
        return all.versionsOf(version.name()).stream()
                .filter(other -> other.version() < version.version() && norms.sealedSince(LocalDate.EPOCH, other.id()))
                .max(Comparator.comparingInt(ModelVersion::version))
                .filter(other -> version.model().comparesLike(other.model()))
                .orElse(null);
    }

    boolean missing(Instant now, List<ModelVersion> models) {
        LocalDate month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        return models.stream().anyMatch(version -> !norms.sealedSince(month, version.id()));
    }

    /**
     * Means as of the first instant of each of these months, standing from then on. The facts of an account are read once
     * for all of them.
     *
     * @param months oldest first
     * @param progress told how many accounts were looked at
     */
    void sealPast(List<LocalDate> months, List<ModelVersion> models, IntConsumer progress, BooleanSupplier cancelled) {
        Map<LocalDate, Map<UUID, NormsCount>> counts = new LinkedHashMap<>();
        months.forEach(month -> counts.put(month, counts(models)));
        ConcurrentMap<Object, Object> everybodys = new ConcurrentHashMap<>();
        Instant last = months.getLast().atStartOfDay(ZoneOffset.UTC).toInstant();
        AtomicInteger seen = new AtomicInteger();
        pass.run(
                AllAccounts.START,
                AllAccounts.CHUNK_OF_YEARS,
                chunk -> {
                    Span span = new Span(chunk, last, everybodys);
                    counts.forEach((month, of) -> count(
                            assessments
                                    .readings(new MeasureQuery(month, span), models)
                                    .values(),
                            models,
                            of,
                            month));
                },
                chunk -> progress.accept(seen.addAndGet(chunk.size())),
                cancelled);
        if (!cancelled.getAsBoolean()) {
            counts.forEach((month, of) -> keep(of, List.of(month), seen.get()));
        }
    }

    /** Means as of that instant, standing from each of these days until the next sealing. */
    private void seal(Instant asOf, List<ModelVersion> models, List<LocalDate> from) {
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
                chunk -> count(read.apply(chunk), models, counts, day),
                chunk -> seen.addAndGet(chunk.size()),
                () -> false);
        keep(counts, from, seen.get());
    }

    private static void count(
            Collection<AccountReadings> chunk, List<ModelVersion> models, Map<UUID, NormsCount> into, LocalDate day) {
        Map<UUID, NormsCount> own = counts(models);
        chunk.forEach(readings -> count(readings, models, own, day));
        synchronized (into) {
            own.forEach((version, count) ->
                    Objects.requireNonNull(into.get(version)).add(count));
        }
    }

    private void keep(Map<UUID, NormsCount> counts, List<LocalDate> from, int accounts) {
        transactions.executeWithoutResult(transaction -> counts.forEach((version, count) -> {
            Norms sealed = count.seal();
            from.forEach(start -> norms.seal(start, version, sealed, accounts));
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
