package io.perennial.health.scoring;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.MeasureRule;
import io.perennial.health.model.Norms;
import io.perennial.health.model.Part;
import io.perennial.health.model.Reading;
import io.perennial.health.model.Score;
import io.perennial.health.signals.Reweighed;
import io.perennial.health.signals.SignalBook;
import io.perennial.health.signals.SignalBook.Settled;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A new model for facts that did not change: the stored readings are weighed anew, in the caller's transaction. What
 * comes of it is what scoring from the facts would give, to the last word; an account of which that cannot be said
 * without its facts is handed back.
 */
@Component
class Reweighing {

    private final KeptReadings kept;
    private final Models models;
    private final StoredNorms norms;
    private final Measures measures;
    private final SignalBook signals;
    private final ReweighedRows rows;
    private final Spent spent;

    Reweighing(
            KeptReadings kept,
            Models models,
            StoredNorms norms,
            Measures measures,
            SignalBook signals,
            ReweighedRows rows,
            Spent spent) {
        this.kept = kept;
        this.models = models;
        this.norms = norms;
        this.measures = measures;
        this.signals = signals;
        this.rows = rows;
        this.spent = spent;
    }

    /**
     * @param chunk all accounts between the first and the last, in the order of ids
     * @return those whose facts have to be read
     */
    List<AccountId> reweigh(List<AccountId> chunk, Basis basis, Instant now) {
        long start = System.nanoTime();
        List<ModelVersion> inForce = models.inForce();
        List<Kept> stored = kept.of(chunk, basis, now, inForce);
        start = spent.on(Spent.On.STORED, start);
        Scale scale = new Scale(inForce, basis);
        Map<AccountId, Weighed> weighed = LinkedHashMap.newLinkedHashMap(stored.size());
        for (Kept one : stored) {
            Weighed fresh = scale.weigh(one);
            if (fresh != null) {
                weighed.put(one.account(), fresh);
            }
        }
        start = spent.on(Spent.On.SCORING, start);
        words(weighed, now);
        start = spent.on(Spent.On.WORDS, start);
        Settled settled = signals.reweigh(
                weighed.values().stream().map(scale::reweighed).toList(),
                wanted -> measures.readings(wanted, now),
                now);
        settled.unsettled().forEach(weighed::remove);
        spent.on(Spent.On.SIGNALS, start);
        spent.weighed(weighed.size());
        rows.write(weighed.values(), settled.moved(), basis.stamp(), now);
        return chunk.stream().filter(account -> !weighed.containsKey(account)).toList();
    }

    /** Another reason needs other words: they are read from the one source that has them. */
    private void words(Map<AccountId, Weighed> weighed, Instant now) {
        Map<AccountId, String> wanted = new HashMap<>();
        weighed.forEach((account, one) -> {
            Part most = StoredScore.most(one.score());
            if (most == null) {
                one.because("");
            } else if (measures.titled(one.kept().reason()).equals(most.measure())) {
                one.because(one.kept().reason());
            } else {
                wanted.put(account, most.measure());
            }
        });
        Map<AccountId, Reading> found = measures.readings(wanted, now);
        wanted.forEach((account, measure) -> {
            Weighed one = Objects.requireNonNull(weighed.get(account));
            Reading reading = found.get(account);
            Reading number = one.kept().readings().readings().get(measure);
            if (reading == null || number == null || reading.value() != number.value()) {
                weighed.remove(account);
            } else {
                one.because(StoredScore.reason(measures.named(measure).title(), reading.evidence()));
            }
        });
    }

    /** Models and segment means of one chunk. */
    private final class Scale {

        private final List<ModelVersion> inForce;
        private final Basis basis;
        private final Map<UUID, Norms> usual = new HashMap<>();
        private final Map<UUID, Integer> fingerprints = new HashMap<>();
        private final Map<UUID, ModelVersion> versions = new HashMap<>();
        private final Map<Succession, Boolean> sameAges = new HashMap<>();

        private Scale(List<ModelVersion> inForce, Basis basis) {
            this.inForce = inForce;
            this.basis = basis;
        }

        private @Nullable Weighed weigh(Kept one) {
            ModelVersion version = Assessments.modelFor(inForce, one.readings());
            return version == null ? null : new Weighed(one, version, score(version, one), fingerprint(version.id()));
        }

        private Reweighed reweighed(Weighed one) {
            return new Reweighed(
                    one.kept().account(), one.kept().readings(), one.score(), sameKnown(one), new Former(one.kept()));
        }

        /** Of readings a model decides no more than how old is too old. */
        private boolean sameKnown(Weighed one) {
            AccountReadings readings = one.kept().readings();
            return sameAges.computeIfAbsent(
                    new Succession(one.kept().model(), one.model().id(), readings.segment(), readings.stage()),
                    step -> oldest(version(step.from()), step).equals(oldest(version(step.to()), step)));
        }

        private static Map<String, Integer> oldest(ModelVersion version, Succession step) {
            return version.model().rulesFor(step.segment(), step.stage()).stream()
                    .filter(rule -> rule.expiresAfterDays() > 0)
                    .collect(Collectors.toMap(MeasureRule::measure, MeasureRule::expiresAfterDays, Math::max));
        }

        private ModelVersion version(UUID id) {
            return versions.computeIfAbsent(id, wanted -> models.find(wanted).orElseThrow());
        }

        /** Computed for accounts of which signals stand, once. */
        private final class Former implements Supplier<@Nullable Score> {

            private final Kept kept;
            private boolean computed;
            private @Nullable Score score;

            private Former(Kept kept) {
                this.kept = kept;
            }

            @Override
            public @Nullable Score get() {
                if (!computed) {
                    score = before(kept);
                    computed = true;
                }
                return score;
            }
        }

        /** The score as it was, if the means it was compared with still stand. */
        private @Nullable Score before(Kept one) {
            return fingerprint(one.model()) != one.usual() ? null : score(version(one.model()), one);
        }

        private Score score(ModelVersion version, Kept one) {
            return Assessments.score(version.model(), normsOf(version.id()), one.readings(), basis.day());
        }

        private Norms normsOf(UUID version) {
            return usual.computeIfAbsent(version, id -> norms.on(basis.day(), id));
        }

        private int fingerprint(UUID version) {
            return fingerprints.computeIfAbsent(version, id -> normsOf(id).hashCode());
        }
    }

    /** One version after another for accounts of one kind. */
    private record Succession(
            UUID from, UUID to, String segment, @Nullable String stage) {}
}
