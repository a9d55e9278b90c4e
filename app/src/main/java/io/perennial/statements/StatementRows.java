package io.perennial.statements;

import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows of statements and their versions. */
@Repository
class StatementRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String SELECT = """
            select s.*, a.name as account_name, m.name as owner, v.lines, v.made_at, v.made_by
            from statements.statement s
            join accounts.account a on a.id = s.account_id
            left join identity.team_member m on m.id = a.owner_id
            """;

    private final JdbcClient database;

    StatementRows(JdbcClient database) {
        this.database = database;
    }

    /** @param number of a version; null for the one that stands */
    Optional<Statement> find(UUID id, @Nullable Integer number) {
        return database.sql(SELECT + """
                 join statements.version v on v.statement_id = s.id and v.number = coalesce(cast(:number as int), s.number)
                where s.id = :id
                """)
                .param("id", id)
                .param("number", number)
                .query(StatementRows::statement)
                .optional();
    }

    static Statement statement(ResultSet row, int place) throws SQLException {
        Timestamp approved = row.getTimestamp("approved_at");
        String note = row.getString("note");
        return new Statement(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                row.getString("owner"),
                row.getObject("from_day", LocalDate.class),
                row.getObject("until_day", LocalDate.class),
                row.getString("state"),
                row.getInt("number"),
                note == null ? "" : note,
                approved == null ? null : approved.toInstant(),
                row.getString("approved_by"),
                row.getTimestamp("made_at").toInstant(),
                row.getString("made_by"),
                row.getInt("version"),
                lines(row.getString("lines")));
    }

    static String json(List<Line> lines) {
        return JSON.writeValueAsString(lines);
    }

    static List<Line> lines(String json) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode one : JSON.readTree(json)) {
            lines.add(new Line(
                    one.path("section").asString(""),
                    one.path("what").asString(""),
                    one.path("number").isNumber() ? one.path("number").decimalValue() : null,
                    one.path("of").isNumber() ? one.path("of").decimalValue() : null,
                    one.path("unit").asString(""),
                    one.path("worth").isNumber() ? one.path("worth").decimalValue() : null,
                    one.path("currency").isString() ? one.path("currency").asString("") : null,
                    one.path("words").asString(""),
                    one.path("sum").asBoolean(false)));
        }
        return lines;
    }
}
