package io.perennial.surveys;

import io.perennial.surveys.Survey.Audience;
import io.perennial.surveys.Survey.Care;
import io.perennial.surveys.Survey.Schedule;
import io.perennial.surveys.Survey.State;
import io.perennial.surveys.Survey.Texts;
import io.perennial.surveys.Survey.When;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads a row of {@code surveys.survey}. */
final class SurveyRow {

    private SurveyRow() {}

    static Survey read(ResultSet row, Map<String, Texts> texts) throws SQLException {
        Timestamp closed = row.getTimestamp("closed_at");
        return new Survey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                SurveyKind.of(row.getString("kind")).orElseThrow(),
                texts,
                row.getBoolean("anonymous"),
                new Audience(
                        texts(row.getArray("roles")), texts(row.getArray("filters")), row.getInt("sample_percent")),
                new Schedule(
                        one(When.values(), When::key, row.getString("schedule")),
                        row.getObject("every_months", Integer.class),
                        row.getString("occasion"),
                        row.getObject("occasion_days", Integer.class)),
                new Care(
                        row.getInt("open_days"),
                        row.getObject("reminder_days", Integer.class),
                        row.getInt("follow_up_days"),
                        row.getObject("follow_up_owner", UUID.class),
                        row.getBoolean("heard_letter")),
                one(State.values(), State::key, row.getString("state")),
                row.getObject("portfolio_of", UUID.class),
                row.getObject("began_on", LocalDate.class),
                closed == null ? null : closed.toInstant(),
                row.getString("created_by"),
                row.getTimestamp("updated_at").toInstant(),
                row.getInt("version"));
    }

    static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static <T> T one(T[] values, java.util.function.Function<T, String> key, String wanted) {
        return Arrays.stream(values)
                .filter(value -> key.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow();
    }
}
