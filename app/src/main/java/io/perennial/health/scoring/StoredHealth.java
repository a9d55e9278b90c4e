package io.perennial.health.scoring;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Score;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The stored score of one account with its breakdown, computed again from the stored readings. */
@Component
public class StoredHealth {

    private final JdbcClient database;
    private final Models models;
    private final Assessments assessments;

    StoredHealth(JdbcClient database, Models models, Assessments assessments) {
        this.database = database;
        this.models = models;
        this.assessments = assessments;
    }

    public Optional<Row> of(AccountId account) {
        return database.sql("""
                        select model_version, readings::text as readings, reason, weekly, as_of
                        from health.score where account_id = :id
                        """)
                .param("id", account.value())
                .query((row, number) -> row(row))
                .optional();
    }

    private Row row(ResultSet row) throws SQLException {
        ModelVersion model =
                models.find(row.getObject("model_version", UUID.class)).orElseThrow();
        AccountReadings readings = StoredReadings.read(row.getString("readings"));
        Instant asOf = row.getTimestamp("as_of").toInstant();
        Score score = assessments.again(model, readings, LocalDate.ofInstant(asOf, ZoneOffset.UTC));
        return new Row(score, readings, model, row.getString("reason"), Scores.shorts(row.getArray("weekly")), asOf);
    }

    /** @param weekly see {@code health.score.weekly} */
    public record Row(
            Score score, AccountReadings readings, ModelVersion model, String reason, short[] weekly, Instant asOf) {}
}
