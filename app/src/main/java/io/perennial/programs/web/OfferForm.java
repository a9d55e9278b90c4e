package io.perennial.programs.web;

import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.programs.Offer;
import io.perennial.programs.Offer.Benefit;
import io.perennial.programs.Offer.Eligibility;
import io.perennial.programs.Offer.Unit;
import io.perennial.programs.Priority;
import io.perennial.programs.Spoken;
import io.perennial.programs.Targets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A draft as it is typed. Tables have two empty rows more than they need; a row without a title is left out when the
 * form is saved.
 *
 * @param targets by {@code urgent-first} and so on
 */
public record OfferForm(
        String summary,
        String price,
        String currency,
        String calendar,
        String channels,
        String termMonths,
        String segments,
        String note,
        Map<String, String> targets,
        List<UnitRow> units,
        List<BenefitRow> benefits) {

    private static final int SPARE_ROWS = 2;

    /** A unit as typed. */
    public record UnitRow(String title, String unit, String amount, String rule, String worth) {}

    /** A benefit as typed. */
    public record BenefitRow(String title, String amount, String reasoning) {}

    public String target(Priority priority, String clock) {
        return targets.getOrDefault(priority.key() + "-" + clock, "");
    }

    static OfferForm of(Offer offer) {
        Map<String, String> targets = new HashMap<>();
        offer.targets().forEach((priority, each) -> {
            targets.put(priority.key() + "-first", typed(each.firstResponse()));
            targets.put(priority.key() + "-update", typed(each.update()));
            targets.put(priority.key() + "-resolution", typed(each.resolution()));
        });
        return new OfferForm(
                        offer.summary(),
                        plain(offer.price()),
                        offer.currency() == null ? "" : offer.currency(),
                        offer.calendar() == null ? "" : offer.calendar().toString(),
                        String.join(", ", offer.channels()),
                        Integer.toString(offer.termMonths()),
                        String.join(", ", offer.eligibility().segments()),
                        offer.eligibility().note(),
                        targets,
                        offer.units().stream()
                                .map(unit -> new UnitRow(
                                        unit.title(),
                                        unit.unit(),
                                        plain(unit.amount()),
                                        unit.rule().name(),
                                        plain(unit.worth())))
                                .toList(),
                        offer.benefits().stream()
                                .map(benefit ->
                                        new BenefitRow(benefit.title(), plain(benefit.amount()), benefit.reasoning()))
                                .toList())
                .withSpareRows();
    }

    static OfferForm read(MultiValueMap<String, String> typed) {
        Map<String, String> targets = new HashMap<>();
        for (Priority priority : Priority.values()) {
            for (String clock : List.of("first", "update", "resolution")) {
                String name = priority.key() + "-" + clock;
                targets.put(name, one(typed, name));
            }
        }
        List<UnitRow> units = new ArrayList<>();
        for (int row = 0; row < rows(typed, "unitTitle"); row++) {
            units.add(new UnitRow(
                    at(typed, "unitTitle", row),
                    at(typed, "unit", row),
                    at(typed, "unitAmount", row),
                    at(typed, "unitRule", row),
                    at(typed, "unitWorth", row)));
        }
        List<BenefitRow> benefits = new ArrayList<>();
        for (int row = 0; row < rows(typed, "benefit"); row++) {
            benefits.add(new BenefitRow(
                    at(typed, "benefit", row), at(typed, "benefitAmount", row), at(typed, "benefitReasoning", row)));
        }
        return new OfferForm(
                one(typed, "summary"),
                one(typed, "price"),
                one(typed, "currency"),
                one(typed, "calendar"),
                one(typed, "channels"),
                one(typed, "termMonths"),
                one(typed, "segments"),
                one(typed, "note"),
                targets,
                units,
                benefits);
    }

    /** @throws NotPossible when something cannot be read */
    Offer offer() {
        Map<Priority, Targets> promised = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
            Targets each = new Targets(
                    read(target(priority, "first")),
                    read(target(priority, "update")),
                    read(target(priority, "resolution")));
            if (!each.isEmpty()) {
                promised.put(priority, each);
            }
        }
        String code = currency.toUpperCase(Locale.ROOT);
        return new Offer(
                summary,
                number("price", price),
                code.isEmpty() ? null : code,
                calendarId(),
                words(channels),
                promised,
                months(),
                units.stream()
                        .filter(row -> !row.title().isEmpty())
                        .map(OfferForm::unit)
                        .toList(),
                new Eligibility(words(segments), note),
                benefits.stream()
                        .filter(row -> !row.title().isEmpty())
                        .map(row -> new Benefit(
                                row.title(), number("worth of " + row.title(), row.amount()), row.reasoning()))
                        .toList());
    }

    OfferForm withSpareRows() {
        List<UnitRow> moreUnits = new ArrayList<>(units);
        List<BenefitRow> moreBenefits = new ArrayList<>(benefits);
        for (int i = 0; i < SPARE_ROWS; i++) {
            moreUnits.add(new UnitRow("", "", "", Rule.WARN.name(), ""));
            moreBenefits.add(new BenefitRow("", "", ""));
        }
        return new OfferForm(
                summary,
                price,
                currency,
                calendar,
                channels,
                termMonths,
                segments,
                note,
                targets,
                List.copyOf(moreUnits),
                List.copyOf(moreBenefits));
    }

    private static Unit unit(UnitRow row) {
        BigDecimal amount = number("number of " + row.title(), row.amount());
        if (amount == null) {
            throw new NotPossible("Say how many " + row.title() + " a term has.");
        }
        String name = row.unit().isEmpty()
                ? row.title()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "")
                : row.unit();
        return new Unit(
                name, row.title(), amount, rule(row.rule()), number("worth of one of " + row.title(), row.worth()));
    }

    private static Rule rule(String text) {
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.name().equals(text))
                .findFirst()
                .orElse(Rule.WARN);
    }

    private @Nullable UUID calendarId() {
        try {
            return calendar.isEmpty() ? null : UUID.fromString(calendar);
        } catch (IllegalArgumentException e) {
            throw new NotPossible("There is no such calendar.");
        }
    }

    private int months() {
        try {
            return Integer.parseInt(termMonths);
        } catch (NumberFormatException e) {
            throw new NotPossible("A term has 1 to 120 months.");
        }
    }

    static @Nullable BigDecimal number(String what, String text) {
        String digits = text.replace(" ", "").replace(",", "");
        if (digits.isEmpty()) {
            return null;
        }
        if (!digits.matches("-?\\d{1,15}(\\.\\d{1,6})?")) {
            throw new NotPossible("The " + what + " is a number such as 40 or 12.5, not " + text + ".");
        }
        return new BigDecimal(digits);
    }

    private static @Nullable Duration read(String text) {
        return Spoken.read(text).orElse(null);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    private static String typed(@Nullable Duration duration) {
        return duration == null ? "" : Spoken.duration(duration);
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "" : number.stripTrailingZeros().toPlainString();
    }

    private static int rows(MultiValueMap<String, String> typed, String name) {
        return typed.getOrDefault(name, List.of()).size();
    }

    private static String one(MultiValueMap<String, String> typed, String name) {
        return at(typed, name, 0);
    }

    private static String at(MultiValueMap<String, String> typed, String name, int row) {
        List<String> values = typed.getOrDefault(name, List.of());
        return row < values.size() && values.get(row) != null ? values.get(row).strip() : "";
    }
}
