package io.perennial.growth.expansion;

import io.perennial.growth.Stage;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows of signals. */
final class ExpansionRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static final String SELECT = """
            select s.*, o.external_id, o.name, o.segment, o.owner_name, o.score, o.band, o.renews_on, p.phase
            from growth.expansion_signal s
            join accounts.overview o on o.account_id = s.account_id
            left join growth.opportunity p on p.id = s.opportunity_id
            """;

    private ExpansionRows() {}

    static JsonNode facts(String json) {
        return JSON.readTree(json);
    }

    static ExpansionSignal signal(ResultSet row) throws SQLException {
        return new ExpansionSignal(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("external_id"),
                row.getString("name"),
                row.getString("segment"),
                row.getString("owner_name"),
                row.getBigDecimal("score") == null
                        ? null
                        : Double.valueOf(row.getBigDecimal("score").doubleValue()),
                row.getString("band"),
                row.getObject("renews_on", LocalDate.class),
                ExpansionKind.find(row.getString("kind")).orElseThrow(),
                row.getString("subject"),
                row.getString("state"),
                row.getBigDecimal("low"),
                row.getBigDecimal("amount"),
                row.getBigDecimal("high"),
                row.getString("currency"),
                row.getInt("confidence"),
                facts(row.getString("facts")),
                row.getTimestamp("opened_at").toInstant(),
                instant(row.getTimestamp("decided_at")),
                row.getString("decided_by"),
                row.getString("reason"),
                row.getObject("opportunity_id", UUID.class),
                Stage.find(row.getString("phase") == null ? "" : row.getString("phase"))
                        .orElse(null),
                instant(row.getTimestamp("closed_at")),
                row.getString("closed_because"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
