package io.perennial.health.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The one scoring function, used live, in full recomputes, for history and in back-tests.
 *
 * <pre>
 * score    = sum w * (c * f + (1 - c) * mu) / sum w      c confidence, f sub-score, mu the segment's mean sub-score
 * coverage = sum w * c / sum w
 * </pre>
 *
 * The sums run over the measures that apply to the account and whose source is connected, in the order of the model,
 * never in that of a map, so that the same facts give the same score to the last digit. What is unknown counts as the
 * segment's mean with confidence 0: never as bad, never as good, and never by leaving it out, which would let one good
 * survey answer make a silent account healthy.
 *
 * <p>A measure whose source was <em>never connected</em> says nothing about any customer, so it is left out of the
 * weights and shown as not connected; were it kept with confidence 0, a company without a help desk would see everybody
 * as "not enough data". In return {@link Bands#minimumConnected()} of the weight must be connected before anybody gets
 * a colour.
 *
 * <p>Rounding happens in {@link Rounding} only, as the last step; the band follows from the rounded score, so that what
 * people see and its colour never contradict each other.
 */
public final class Scoring {

    /** An unresolved alarm turns an account red when its measure has at least this share of the account's weight. */
    public static final double ALARM_SHARE = 0.10;

    private Scoring() {}

    public static Score score(HealthModel model, Norms norms, AccountReadings account, LocalDate today) {
        return score(model, norms, account, today, Set.of());
    }

    /** @param alarmed measures on which an unresolved alarm stands */
    public static Score score(
            HealthModel model, Norms norms, AccountReadings account, LocalDate today, Set<String> alarmed) {
        var profile = model.profileFor(account.segment(), account.stage());
        List<MeasureRule> rules = profile.map(Profile::rules).orElse(model.rules());
        Norms.Usual usual = norms.in(account.segment());
        double neutral = model.bands().neutral();
        List<Part> parts = new ArrayList<>(rules.size());
        for (MeasureRule rule : rules) {
            parts.add(part(rule, usual.of(rule.measure(), neutral), account, today));
        }
        return Rounding.score(
                model,
                account,
                rules,
                parts,
                alarmed,
                profile.map(Profile::name).orElse(null));
    }

    private static Part part(MeasureRule rule, double norm, AccountReadings account, LocalDate today) {
        String measure = rule.measure();
        if (account.notApplicable().contains(measure)) {
            return new Part(measure, 0, norm, 0, norm, 0, Part.NOT_APPLICABLE, null);
        }
        if (account.notConnected().contains(measure)) {
            return new Part(measure, 0, norm, 0, norm, 0, Part.NOT_CONNECTED, null);
        }
        Reading reading = account.readings().get(measure);
        if (reading == null) {
            return new Part(measure, rule.weight(), norm, 0, norm, 0, Part.UNKNOWN, null);
        }
        long age = MeasureRule.age(reading, today);
        if (MeasureRule.fromTheFuture(age)) {
            return new Part(measure, rule.weight(), norm, 0, norm, 0, Part.UNKNOWN, null);
        }
        if (rule.expired(age)) {
            return new Part(measure, rule.weight(), norm, 0, norm, 0, Part.EXPIRED, reading);
        }
        return new Part(
                measure,
                rule.weight(),
                rule.curve().at(reading.value()),
                rule.confidence(age),
                norm,
                0,
                Part.KNOWN,
                reading);
    }
}
