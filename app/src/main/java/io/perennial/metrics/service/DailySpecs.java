package io.perennial.metrics.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Figures that are kept by day. Their conditions may ask about nothing that {@code metrics.day_changed} is not told of, and about
 * nothing that passes with time; but for first contact, which is judged a week after the solution. Of that a day keeps what is
 * true after its week, and readers leave out the days whose week is not over.
 */
final class DailySpecs {

    /** Whether a solution was the last word is known after so long. */
    static final Duration WEEK = Duration.ofDays(7);

    /** As if every week were over. */
    static final Instant IN_THE_END = Instant.parse("9999-01-01T00:00:00Z");

    private static final Map<Spec, String> NAMES = new LinkedHashMap<>();

    static {
        add("first-response", CaseSpecs.FIRST_RESPONSE);
        add("resolution-of-opened", CaseSpecs.RESOLUTION_OF_OPENED);
        add("first-contact-gross", CaseSpecs.FIRST_CONTACT_GROSS);
        add("reopened", CaseSpecs.REOPENED);
        add("reopened-of-solved", CaseSpecs.REOPENED_OF_SOLVED);
        add("reassigned", CaseSpecs.REASSIGNED);
        add("straight", CaseSpecs.STRAIGHT);
        add("escalated", CaseSpecs.ESCALATED);
        add("waited", CaseSpecs.WAITED);
        add("opened", CaseSpecs.VOLUME);
        add("kept-as-brought", CaseSpecs.KEPT_AS_BROUGHT);
        add("satisfied", CaseSpecs.SATISFIED);
        add("satisfaction-mean", CaseSpecs.SATISFACTION_MEAN);
        add("defects-of-opened", CaseSpecs.DEFECTS_OF_OPENED);
        add("resolution", CaseSpecs.RESOLUTION);
        add("resolution-mean", CaseSpecs.RESOLUTION_MEAN);
        add("first-contact", CaseSpecs.FIRST_CONTACT);
        add("solved-once", CaseSpecs.SOLVED_ONCE);
        add("solved-at-once", CaseSpecs.SOLVED_AT_ONCE);
        add("no-customer-reply", CaseSpecs.NO_CUSTOMER_REPLY);
        add("defects", CaseSpecs.DEFECTS);
        add("solved", CaseSpecs.SOLVED);
        add("promises", CaseSpecs.KEPT);
        add("promises-first-response", CaseSpecs.KEPT_FIRST_RESPONSE);
        add("promises-update", CaseSpecs.KEPT_UPDATE);
        add("promises-resolution", CaseSpecs.KEPT_RESOLUTION);
        add("first-response-working", CaseSpecs.FIRST_RESPONSE_WORKING);
    }

    private DailySpecs() {}

    /** What is counted is part of the name: kept days of another definition are never mistaken for it. */
    private static void add(String name, Spec spec) {
        UUID print = UUID.nameUUIDFromBytes(spec.toString().getBytes(StandardCharsets.UTF_8));
        NAMES.put(spec, name + " " + print.toString().substring(0, 8));
    }

    static boolean waitsAWeek(Spec spec) {
        return spec.equals(CaseSpecs.FIRST_CONTACT);
    }

    static List<Base> bases() {
        return NAMES.keySet().stream().map(Spec::base).distinct().toList();
    }

    static List<Spec> of(Base base) {
        return NAMES.keySet().stream().filter(spec -> spec.base() == base).toList();
    }

    static Optional<String> name(Spec spec) {
        return Optional.ofNullable(NAMES.get(spec));
    }

    static List<String> names(List<Spec> specs) {
        return specs.stream().map(spec -> name(spec).orElseThrow()).toList();
    }

    /** Tells these definitions from others. */
    static String print(Base base) {
        return UUID.nameUUIDFromBytes(names(of(base)).toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
