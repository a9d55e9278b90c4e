package io.perennial.health.scoring;

import io.perennial.accounts.list.HealthWeek;
import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Band;
import io.perennial.health.model.MeasureRule;
import io.perennial.health.model.Reading;
import io.perennial.health.model.Score;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The stored score of one account with its breakdown, computed again from the stored numbers. Their words are read
 * from the facts as of the same instant; where the facts have changed since, the words wait for the next scoring.
 */
@Component
public class StoredHealth {

    private static final Logger log = LoggerFactory.getLogger(StoredHealth.class);

    private final JdbcClient database;
    private final Models models;
    private final Measures measures;
    private final Assessments assessments;

    StoredHealth(JdbcClient database, Models models, Measures measures, Assessments assessments) {
        this.database = database;
        this.models = models;
        this.measures = measures;
        this.assessments = assessments;
    }

    public Optional<Row> of(AccountId account) {
        return database.sql("""
                        select o.model_version, s.segment, s.readings, o.reason, s.weekly, o.exact_score, o.band, o.scored_at
                        from health.score s join accounts.overview o on o.account_id = s.account_id
                        where s.account_id = :id and o.model_version is not null
                        """)
                .param("id", account.value())
                .query((row, number) -> stored(row))
                .optional()
                .map(stored -> told(account, stored));
    }

    /** The same without the breakdown and its words, which need every fact of the account. */
    public Optional<Now> now(AccountId account) {
        return database.sql("""
                        select s.weekly, o.exact_score, o.exact_coverage, o.band, o.reason
                        from health.score s join accounts.overview o on o.account_id = s.account_id
                        where s.account_id = :id and o.model_version is not null
                        """)
                .param("id", account.value())
                .query((row, number) -> new Now(
                        row.getDouble("exact_score"),
                        Band.valueOf(row.getString("band")),
                        row.getDouble("exact_coverage"),
                        row.getString("reason"),
                        weekly(row)))
                .optional();
    }

    private Row told(AccountId account, Stored stored) {
        ModelVersion model = models.find(stored.model()).orElseThrow();
        LocalDate today = LocalDate.ofInstant(stored.asOf(), ZoneOffset.UTC);
        Set<String> known = new HashSet<>(measures.ids());
        model.model().rules().stream().map(MeasureRule::measure).forEach(known::add);
        AccountReadings readings = StoredReadings.read(
                stored.readings(), stored.segment(), today, known, words(account, stored.asOf(), model));
        return new Row(
                assessments.again(model, readings, today),
                readings,
                model,
                stored.reason(),
                stored.weekly(),
                stored.asOf());
    }

    /** An account whose facts cannot be read keeps its last numbers on screen. */
    private Map<String, Reading> words(AccountId account, Instant asOf, ModelVersion model) {
        try {
            AccountReadings read =
                    assessments.readings(List.of(account), asOf, List.of(model)).get(account);
            return read == null ? Map.of() : read.readings();
        } catch (DataAccessException e) {
            log.warn("The facts of account {} cannot be read; its health is shown without words", account, e);
            return Map.of();
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getObject("model_version", UUID.class),
                row.getString("segment"),
                row.getBytes("readings"),
                row.getString("reason"),
                weekly(row),
                row.getTimestamp("scored_at").toInstant());
    }

    /** Kept are the weeks before; the present one ends with the score itself. */
    private static short[] weekly(ResultSet row) throws SQLException {
        return HealthWeek.scores(Weeks.withNow(
                Scores.shorts(row.getArray("weekly")),
                Weeks.now(row.getDouble("exact_score"), Band.valueOf(row.getString("band")))));
    }

    private record Stored(UUID model, String segment, byte[] readings, String reason, short[] weekly, Instant asOf) {}

    /** @param weekly as in {@link Row} */
    public record Now(double score, Band band, double coverage, String reason, short[] weekly) {}

    /** @param weekly scores at the ends of weeks; negative where there is none */
    public record Row(
            Score score, AccountReadings readings, ModelVersion model, String reason, short[] weekly, Instant asOf) {}
}
