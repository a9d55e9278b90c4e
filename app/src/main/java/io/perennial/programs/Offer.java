package io.perennial.programs;

import io.perennial.programs.Entitlements.Rule;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one version of a program promises.
 *
 * @param summary for whom it is, in a sentence
 * @param price for a year; null when it is included in what the customer buys anyway
 * @param currency of the price and of the worth of benefits and units
 * @param calendar when we work for it; null for the hours of the house
 * @param channels by which customers reach us, such as {@code email}
 * @param termMonths for how long units are granted at a time; twelve is a year
 * @param eligibility who may buy it
 */
public record Offer(
        String summary,
        @Nullable BigDecimal price,
        @Nullable String currency,
        @Nullable UUID calendar,
        List<String> channels,
        Map<Priority, Targets> targets,
        int termMonths,
        List<Unit> units,
        Eligibility eligibility,
        List<Benefit> benefits) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    public static final Offer EMPTY = new Offer(
            "", null, null, null, List.of("email"), Map.of(), 12, List.of(), new Eligibility(List.of(), ""), List.of());

    /**
     * So many of a unit in each term.
     *
     * @param unit name in the ledger: {@code cases}, {@code expert-hours}
     * @param rule what happens when they are used up
     * @param worth of one, in the offer's currency; null where nobody said
     */
    public record Unit(
            String unit,
            String title,
            BigDecimal amount,
            Rule rule,
            @Nullable BigDecimal worth) {}

    /**
     * @param segments who may buy it; empty for everybody
     * @param note what else must hold, in words
     */
    public record Eligibility(List<String> segments, String note) {

        public boolean admits(@Nullable String segment) {
            return segments.isEmpty() || segments.stream().anyMatch(known -> known.equalsIgnoreCase(segment));
        }
    }

    /**
     * @param amount what it is worth in a year, in the offer's currency; null when it is worth something that nobody can
     *     count
     * @param reasoning how the amount comes about, or why it matters
     */
    public record Benefit(String title, @Nullable BigDecimal amount, String reasoning) {

        public boolean tangible() {
            return amount != null;
        }
    }

    public Offer {
        channels = List.copyOf(channels);
        targets = targets.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(targets));
        units = List.copyOf(units);
        benefits = List.copyOf(benefits);
    }

    /** Worth of the tangible benefits in a year. */
    public BigDecimal value() {
        BigDecimal sum = BigDecimal.ZERO;
        for (Benefit benefit : benefits) {
            if (benefit.amount() != null) {
                sum = sum.add(benefit.amount());
            }
        }
        return sum;
    }

    public Targets targets(Priority priority) {
        return targets.getOrDefault(priority, Targets.NONE);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    static Offer parse(String json) {
        return JSON.readValue(json, Offer.class);
    }
}
