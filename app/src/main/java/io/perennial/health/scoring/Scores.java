package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.health.model.Band;
import io.perennial.shared.AccountId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the present scores and their history; writes differences only. */
@Component
class Scores {

    private final JdbcClient database;
    private final Measures measures;

    Scores(JdbcClient database, Measures measures) {
        this.database = database;
        this.measures = measures;
    }

    /**
     * @param stamp see {@link Measures#stamp}, as it was before the facts were read
     * @return the accounts whose score, band or model visibly changed
     */
    Set<AccountId> keep(List<Assessment> assessments, int stamp, Instant asOf) {
        LocalDate today = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        Map<AccountId, StoredScore> present =
                present(assessments.stream().map(Assessment::account).toList());
        ScoreRows rows = new ScoreRows();
        ChangeRows history = new ChangeRows();
        Set<AccountId> changed = new HashSet<>();
        for (Assessment assessment : assessments) {
            StoredScore before = present.get(assessment.account());
            StoredScore now = StoredScore.of(
                    assessment, before, StoredReadings.write(assessment.readings(), today), stamp, today, measures);
            if (!now.sameAs(before)) {
                rows.add(now);
            }
            if (now.changedFrom(before)) {
                history.add(assessment, asOf);
                changed.add(assessment.account());
            }
        }
        rows.write(database, asOf);
        history.write(database);
        return changed;
    }

    private Map<AccountId, StoredScore> present(Collection<AccountId> accounts) {
        Map<AccountId, StoredScore> present = HashMap.newHashMap(accounts.size());
        database.sql("""
                        select account_id, score, band, coverage, model_version, segment, reason, readings,
                               weekly, week, as_of, basis, lacks_at_most
                        from health.score where account_id = any(:ids)
                        """)
                .param("ids", AccountIds.array(accounts))
                .query((row, number) -> stored(row))
                .list()
                .forEach(score -> present.put(score.account(), score));
        return present;
    }

    private static StoredScore stored(ResultSet row) throws SQLException {
        return new StoredScore(
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getDouble("score"),
                Band.valueOf(row.getString("band")),
                row.getDouble("coverage"),
                row.getObject("model_version", UUID.class),
                row.getString("segment"),
                row.getString("reason"),
                row.getBytes("readings"),
                shorts(row.getArray("weekly")),
                row.getObject("week", LocalDate.class),
                LocalDate.ofInstant(row.getTimestamp("as_of").toInstant(), ZoneOffset.UTC),
                row.getLong("basis"),
                row.getShort("lacks_at_most"));
    }

    static short[] shorts(@Nullable Array array) throws SQLException {
        Object[] values = array == null ? new Object[0] : (Object[]) array.getArray();
        short[] shorts = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            shorts[i] = ((Number) values[i]).shortValue();
        }
        return shorts;
    }
}
