package io.perennial.usage;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RowOutcome.Problem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Turns the rows of one batch into facts, or says what is wrong with them. */
final class FactReader {

    /** Nobody has used a product of today before this day; earlier dates are mistakes of a file. */
    static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final LocalDate lastDay;
    private final Map<Integer, List<Problem>> problems = new HashMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Map<Fact.Key, Fact> seen = new HashMap<>();

    /** @param lastDay tomorrow: somewhere it has already begun */
    FactReader(LocalDate lastDay) {
        this.lastDay = lastDay;
    }

    List<Fact> facts() {
        return facts;
    }

    List<Problem> problems(int position) {
        return problems.getOrDefault(position, List.of());
    }

    void read(int position, RecordRow row) {
        List<Problem> found = new ArrayList<>();
        UUID account = account(row, found);
        LocalDate day = day(row, found);
        Long events = count(row, "events", found);
        Long seconds = count(row, "seconds", found);
        Long errors = count(row, "errors", found);
        Long users = count(row, "users", found);
        int given = given(row);
        if (given == 0) {
            found.add(new Problem("events", "required", "Give at least one of events, users, seconds or value.", ""));
        }
        if (!found.isEmpty() || account == null || day == null) {
            problems.put(position, found);
            return;
        }
        Fact fact = new Fact(
                position,
                account,
                day,
                feature(row),
                optional(row, "product_area"),
                optional(row, "feature_level"),
                text(row, "user"),
                row.externalId(),
                events,
                seconds,
                errors,
                users == null ? null : Math.toIntExact(users),
                (BigDecimal) row.values().get("value"),
                row.attributes().isEmpty() ? null : JSON.writeValueAsString(row.attributes()),
                given);
        Fact earlier = seen.putIfAbsent(fact.key(), fact);
        if (earlier == null) {
            facts.add(fact);
        } else if (fact.sourceRef().isEmpty() || !fact.saysTheSameAs(earlier)) {
            problems.put(position, List.of(twice()));
        }
    }

    /** The engine has resolved every way to name the account, and refused rows that name two. */
    private static @Nullable UUID account(RecordRow row, List<Problem> found) {
        for (String column : List.of("account", "contract", "contract_line")) {
            if (row.values().get(column) instanceof UUID account) {
                return account;
            }
        }
        found.add(new Problem("account", "required", "Name the account, a contract or a contract line.", ""));
        return null;
    }

    private @Nullable LocalDate day(RecordRow row, List<Problem> found) {
        if (!(row.values().get("day") instanceof LocalDate day)) {
            found.add(new Problem("day", "required", "Give the day of the use.", ""));
            return null;
        }
        if (day.isBefore(FIRST_DAY) || day.isAfter(lastDay)) {
            found.add(new Problem(
                    "day",
                    "out_of_range",
                    "Use is dated between " + FIRST_DAY + " and tomorrow, " + lastDay + ".",
                    day.toString()));
        }
        return day;
    }

    private static @Nullable Long count(RecordRow row, String column, List<Problem> found) {
        if (!(row.values().get(column) instanceof Number number)) {
            return null;
        }
        long value = number.longValue();
        long most = column.equals("users") ? Integer.MAX_VALUE : 1_000_000_000_000L;
        if (value < 0 || value > most) {
            found.add(
                    new Problem(column, "out_of_range", "A count lies between 0 and " + most + ".", number.toString()));
        }
        return value;
    }

    private static int given(RecordRow row) {
        Map<String, @Nullable Object> values = row.values();
        return (values.containsKey("events") ? Fact.EVENTS : 0)
                | (values.containsKey("seconds") ? Fact.SECONDS : 0)
                | (values.containsKey("errors") ? Fact.ERRORS : 0)
                | (values.containsKey("users") ? Fact.USERS : 0)
                | (values.containsKey("value") ? Fact.VALUE : 0);
    }

    private static Problem twice() {
        return new Problem(
                "",
                "duplicate",
                "An earlier row states the same account, user, feature and day. Add the rows up, or tell them apart by"
                        + " external_id.",
                "");
    }

    private static String feature(RecordRow row) {
        String feature = text(row, "feature");
        return feature.equals(Catalogue.ANY_NAME) ? "" : feature;
    }

    private static String text(RecordRow row, String column) {
        return row.values().get(column) instanceof String text ? text.strip() : "";
    }

    private static @Nullable String optional(RecordRow row, String column) {
        String text = text(row, column);
        return text.isEmpty() ? null : text;
    }
}
