package io.perennial.metrics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the facts.
 *
 * @param from first day
 * @param until first day that is not in it any more
 * @param asOf what happened later is not known to the answer
 * @param by null for the total only
 * @param group only this group of {@code by}; null for all
 * @param owner only customers of this member; null for the whole company
 */
public record Question(
        Definition definition,
        LocalDate from,
        LocalDate until,
        Instant asOf,
        @Nullable Dimension by,
        @Nullable String group,
        @Nullable UUID owner) {

    /** The longest period that is answered: groups by month stay readable. */
    public static final int MOST_YEARS = 20;

    public Instant start() {
        return from.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The end of the period, or now where it is not over. */
    public Instant end() {
        Instant end = until.atStartOfDay(ZoneOffset.UTC).toInstant();
        return end.isAfter(asOf) ? asOf : end;
    }

    public Question by(@Nullable Dimension dimension) {
        return new Question(definition, from, until, asOf, dimension, null, owner);
    }

    public Question only(@Nullable String key) {
        return new Question(definition, from, until, asOf, by, key, owner);
    }

    /** The same of another period. */
    public Question within(LocalDate first, LocalDate end) {
        return new Question(definition, first, end, asOf, by, group, owner);
    }

    /** The same, as it is known at another moment. */
    public Question at(Instant moment) {
        return new Question(definition, from, until, moment, by, group, owner);
    }

    /** The same of the whole company. */
    public Question ofAll() {
        return new Question(definition, from, until, asOf, by, group, null);
    }

    public Question as(Definition other) {
        return new Question(other, from, until, asOf, by, group, owner);
    }
}
