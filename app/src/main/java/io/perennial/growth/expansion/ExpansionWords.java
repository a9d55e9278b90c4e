package io.perennial.growth.expansion;

import io.perennial.growth.expansion.ExpansionSignal.Fact;
import io.perennial.platform.web.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the facts of a signal say, in words. */
final class ExpansionWords {

    private static final int HUNDRED = 100;

    private ExpansionWords() {}

    static String finding(ExpansionKind kind, JsonNode facts) {
        return switch (kind) {
            case LICENCES_NEAR_LIMIT -> nearLimit(facts);
            case USERS_BEYOND_SEATS ->
                count(facts, "used") + " people used the product in four weeks, and there are " + count(facts, "seats")
                        + " licences"
                        + (facts.path("recent").asLong() > facts.path("seats").asLong()
                                ? "; on the busiest day " + count(facts, "recent")
                                : "; on no day more than there are licences");
            case ADVANCED_USE_GROWS ->
                "Advanced features were used on " + count(facts, "now") + " feature days in four weeks, after "
                        + count(facts, "before") + " and " + count(facts, "earlier") + " in the eight weeks before";
            case AREA_TRIED ->
                facts.path("area").asString("") + " was used on " + count(facts, "days")
                        + " days in six weeks, and not once in the fourteen weeks before";
            case GOAL_REACHED ->
                "On " + day(facts, "on") + " they answered " + number(facts, "score") + " of " + number(facts, "scale")
                        + " to whether they reach their goal"
                        + (facts.path("comment").asString("").isBlank()
                                ? ""
                                : ": \u201c"
                                        + facts.path("comment").asString("").strip() + "\u201d");
            case OUTCOME_REACHED ->
                "On " + day(facts, "on") + " they reached what the plan "
                        + facts.path("plan").asString("")
                        + " agreed on: " + facts.path("names").asString("")
                        + (facts.path("confirmed").asLong() > 0 ? ", and confirmed it" : "");
            case PROGRAM_USED_UP ->
                number(facts, "used") + " of " + number(facts, "granted") + " "
                        + facts.path("title").asString("").toLowerCase(java.util.Locale.ROOT) + " of "
                        + facts.path("program").asString("") + " are used, and the term lasts until "
                        + day(facts, "ends");
            case PEERS_OWN ->
                count(facts, "owners") + " of " + count(facts, "peers") + " "
                        + segment(facts.path("segment").asString("")) + "customers with "
                        + facts.path("base").asString("") + " also have "
                        + facts.path("product").asString("") + " (" + share(facts, "owners", "peers")
                        + " %); this one never had it";
        };
    }

    private static String nearLimit(JsonNode facts) {
        String words = count(facts, "used") + " of " + count(facts, "seats") + " licences are in use ("
                + share(facts, "used", "seats") + " %)";
        if (facts.path("out").isString()) {
            return words + ", " + number(facts, "slope") + " more each week: they run out about " + day(facts, "out");
        }
        return words + ", near the limit in " + count(facts, "near_weeks")
                + " of the last four weeks, without a steady trend";
    }

    static String how(ExpansionKind kind, JsonNode facts, boolean known) {
        if (!known) {
            return switch (kind) {
                case LICENCES_NEAR_LIMIT, USERS_BEYOND_SEATS ->
                    "No amount: no contract line says what a licence costs.";
                case PROGRAM_USED_UP -> "No amount: the program does not say what one is worth.";
                case PEERS_OWN -> "No amount: no peer pays for it in this currency, and there is no exchange rate.";
                default ->
                    "No amount: fewer than " + ExpansionLimits.ESTIMATE_ENOUGH
                            + " customers bought more within a year, from whom it could be estimated.";
            };
        }
        return switch (kind) {
            case LICENCES_NEAR_LIMIT ->
                facts.path("out").isString()
                        ? "Licences missing in 3, 6 and 12 months at this trend (" + number(facts, "low_seats") + ", "
                                + number(facts, "seats_more") + ", " + number(facts, "high_seats") + "), at the "
                                + money(facts, "price") + " that each costs today."
                        : "One, a tenth and a fifth more licences, at the " + money(facts, "price")
                                + " that each costs today: an assumption, since there is no trend.";
            case USERS_BEYOND_SEATS ->
                "From those beyond the licences on the busiest day to all of four weeks, at the "
                        + money(facts, "price") + " that each costs today.";
            case PROGRAM_USED_UP ->
                "What they need more at this pace until the term ends (" + number(facts, "wanted") + "), at "
                        + money(facts, "worth") + " each; half as much and half as much again as the range.";
            case PEERS_OWN ->
                "Half of the " + count(facts, "priced") + " peers who pay for it pay at most this; the range is that of"
                        + " the middle half.";
            default ->
                "What " + count(facts, "bought_more") + " "
                        + segment(facts.path("of_segment").asString(""))
                        + "customers added who bought more within a year, as a share of what they paid, taken of the "
                        + money(facts, "arr") + " here; the range is that of the middle half.";
        };
    }

    static List<Fact> rows(ExpansionKind kind, JsonNode facts) {
        List<Fact> rows = new ArrayList<>();
        switch (kind) {
            case LICENCES_NEAR_LIMIT, USERS_BEYOND_SEATS -> {
                for (JsonNode week : facts.path("peaks")) {
                    rows.add(new Fact(
                            "Week up to " + day(week.path(0).asString("")),
                            Wording.count(week.path(1).asLong()) + " on the busiest day"));
                }
            }
            case ADVANCED_USE_GROWS -> {
                for (JsonNode one : facts.path("features")) {
                    rows.add(new Fact(
                            one.path(0).asString(""),
                            "days in four weeks: " + one.path(1).asLong() + ", "
                                    + one.path(2).asLong() + ", now "
                                    + one.path(3).asLong()));
                }
            }
            case AREA_TRIED -> {
                for (JsonNode one : facts.path("features")) {
                    rows.add(new Fact(one.path(0).asString(""), one.path(1).asLong() + " days in six weeks"));
                }
            }
            default -> {
                return rows;
            }
        }
        return rows;
    }

    static String sureBecause(ExpansionKind kind, int confidence) {
        return switch (kind) {
            case LICENCES_NEAR_LIMIT ->
                confidence == 3
                        ? "the growth is steady"
                        : confidence == 2
                                ? "it grows, with ups and downs"
                                : "the use is high, but does not grow steadily";
            case USERS_BEYOND_SEATS ->
                confidence == 3
                        ? "also on a single day there are more users than licences"
                        : "never on one day: people may take turns";
            case ADVANCED_USE_GROWS ->
                confidence == 3 ? "at least twice the use of before" : "a rise, but less than double";
            case AREA_TRIED -> confidence == 2 ? "on ten days or more" : "on a few days only";
            case GOAL_REACHED -> "one answer of one person";
            case OUTCOME_REACHED ->
                confidence == 3 ? "the customer confirmed it" : "measured, not yet confirmed by them";
            case PROGRAM_USED_UP -> "the rest of the term may need less";
            case PEERS_OWN ->
                confidence == 3
                        ? "seven in ten of at least 30 peers"
                        : confidence == 2 ? "at least half of the peers" : "less than half of the peers";
        };
    }

    static String opportunity(ExpansionKind kind, String subject, JsonNode facts) {
        return switch (kind) {
            case LICENCES_NEAR_LIMIT ->
                facts.path("seats_more").isNumber() ? number(facts, "seats_more") + " more licences" : "More licences";
            case USERS_BEYOND_SEATS ->
                "Licences for "
                        + (facts.path("used").asLong() - facts.path("seats").asLong()) + " more users";
            case ADVANCED_USE_GROWS -> "A higher plan for advanced use";
            case AREA_TRIED -> "More of " + subject;
            case GOAL_REACHED, OUTCOME_REACHED -> "The next goal";
            case PROGRAM_USED_UP ->
                "More " + facts.path("title").asString(subject).toLowerCase(java.util.Locale.ROOT)
                        + " or the next program";
            case PEERS_OWN -> subject;
        };
    }

    private static String segment(String name) {
        return name.isEmpty() ? "" : name + " ";
    }

    private static String share(JsonNode facts, String part, String whole) {
        long base = facts.path(whole).asLong();
        return base == 0
                ? "–"
                : String.valueOf(Math.round((double) HUNDRED * facts.path(part).asLong() / base));
    }

    private static String count(JsonNode facts, String name) {
        return Wording.count(facts.path(name).asLong());
    }

    private static String number(JsonNode facts, String name) {
        BigDecimal value = facts.path(name).isNumber() ? facts.path(name).decimalValue() : BigDecimal.ZERO;
        return value.setScale(Math.min(1, Math.max(0, value.stripTrailingZeros().scale())), RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String money(JsonNode facts, String name) {
        return Wording.amount(facts.path(name).isNumber() ? facts.path(name).decimalValue() : BigDecimal.ZERO);
    }

    private static String day(JsonNode facts, String name) {
        return day(facts.path(name).asString(""));
    }

    private static String day(String date) {
        return date.isEmpty() ? "–" : Wording.day(LocalDate.parse(date));
    }
}
