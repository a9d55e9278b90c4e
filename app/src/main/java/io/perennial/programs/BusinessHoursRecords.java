package io.perennial.programs;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.RecordWriter;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.Actor;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Business hours as help desks export them: a row for each span of the week, in minutes since Sunday at midnight. */
@Configuration(proxyBeanMethods = false)
class BusinessHoursRecords {

    private static final String TYPE = "business-hours";

    @Bean
    RecordType businessHours(Calendars calendars) {
        return new RecordType(
                TYPE,
                "Business hours",
                "When a calendar works: each row adds a span of the week to the calendar of that name.",
                "programs.calendar",
                List.of(
                        Column.of("calendar", ColumnType.TEXT, "Name of the calendar.", "Support EMEA")
                                .requiredForNew()
                                .upTo(100)
                                .alsoKnownAs("schedule", "name"),
                        Column.of("time_zone", ColumnType.ZONE, "IANA time zone of the hours.", "Europe/Oslo")
                                .requiredForNew()
                                .alsoKnownAs("timezone", "zone"),
                        Column.of("opens", ColumnType.INTEGER, "Begin, in minutes since Sunday at midnight.", "1980")
                                .requiredForNew()
                                .alsoKnownAs("start_time"),
                        Column.of("closes", ColumnType.INTEGER, "End, in minutes since Sunday at midnight.", "2460")
                                .requiredForNew()
                                .alsoKnownAs("end_time")),
                null,
                new Writer(calendars));
    }

    /** Adds spans to calendars; a span that is there already changes nothing. */
    private record Writer(Calendars calendars) implements RecordWriter {

        @Override
        public List<RowOutcome> write(List<RecordRow> rows, Actor actor, Instant now) {
            List<RowOutcome> outcomes = new ArrayList<>(rows.size());
            rows.forEach(row -> outcomes.add(write(row, actor)));
            return outcomes;
        }

        @Override
        public List<String> identity() {
            return List.of("calendar", "opens", "closes");
        }

        private RowOutcome write(RecordRow row, Actor actor) {
            String name = text(row, "calendar");
            Calendar known = calendars.all().stream()
                    .filter(calendar -> calendar.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElse(null);
            Calendar before = known == null
                    ? new Calendar(null, name, text(row, "time_zone"), Map.of(), new TreeMap<>(), false)
                    : known;
            try {
                if (!before.zone().equals(text(row, "time_zone"))) {
                    return RowOutcome.refused(
                            row, "time_zone", "not_usable", "The calendar " + name + " is in " + before.zone() + ".");
                }
                Calendar after = with(before, WeekSpans.of(number(row, "opens"), number(row, "closes")));
                if (after.week().equals(before.week())) {
                    return outcome(row, Result.UNCHANGED, before.id());
                }
                calendars.save(importer(actor), after);
                return outcome(row, known == null ? Result.CREATED : Result.UPDATED, null);
            } catch (Calendar.NoCalendar | IllegalArgumentException e) {
                return RowOutcome.refused(
                        row,
                        "opens",
                        "not_usable",
                        Objects.requireNonNullElse(e.getMessage(), "These hours cannot be used."));
            }
        }

        private static Calendar with(Calendar before, Map<DayOfWeek, String> spans) {
            Map<DayOfWeek, String> week = new EnumMap<>(DayOfWeek.class);
            week.putAll(before.week());
            spans.forEach((day, span) -> week.merge(day, span, WeekSpans::union));
            return new Calendar(before.id(), before.name(), before.zone(), week, before.holidays(), before.house());
        }

        /** Who may import may change calendars: the entrance lets leaders in, and keys that were given that right. */
        private static Viewer importer(Actor actor) {
            return new Viewer(actor.id() == null ? new UUID(0, 0) : actor.id(), actor.name(), "", Role.LEADER, true);
        }

        private static String text(RecordRow row, String column) {
            return String.valueOf(row.values().get(column));
        }

        private static int number(RecordRow row, String column) {
            return row.values().get(column) instanceof Number number ? number.intValue() : -1;
        }

        private static RowOutcome outcome(RecordRow row, Result result, @Nullable UUID id) {
            return new RowOutcome(row.number(), row.externalId(), result, id, List.of());
        }
    }
}
