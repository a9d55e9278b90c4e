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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps what the present scores rest on and their history; writes differences only. */
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
     * @return the scores as they are to be kept in the rows of lists
     */
    Fresh keep(List<Assessment> assessments, int stamp, Instant asOf) {
        LocalDate today = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        Map<AccountId, StoredScore> present =
                present(assessments.stream().map(Assessment::account).toList());
        ScoreRows rows = new ScoreRows();
        ChangeRows history = new ChangeRows();
        Map<AccountId, StoredScore> fresh = HashMap.newHashMap(assessments.size());
        boolean changed = false;
        for (Assessment assessment : assessments) {
            StoredScore before = present.get(assessment.account());
            StoredScore now = StoredScore.of(
                    assessment, before, StoredReadings.write(assessment.readings(), today), stamp, asOf, measures);
            if (!now.restsOnSame(before)) {
                rows.add(now);
            }
            fresh.put(now.account(), before != null && now.sameAs(before) ? now.seenAt(before.seen()) : now);
            if (now.changedFrom(before)) {
                history.add(assessment, asOf);
                changed = true;
            }
        }
        rows.write(database);
        history.write(database);
        return new Fresh(fresh, changed);
    }

    /** @param changed whether the score, band or model of any of them visibly did */
    record Fresh(Map<AccountId, StoredScore> scores, boolean changed) {}

    private Map<AccountId, StoredScore> present(Collection<AccountId> accounts) {
        Map<AccountId, StoredScore> present = HashMap.newHashMap(accounts.size());
        database.sql("""
                        select s.account_id, o.exact_score, o.band, o.exact_coverage, o.model_version, s.segment, o.reason,
                               s.readings, s.weekly, s.week, o.scored_at, o.basis, o.lacks_at_most
                        from health.score s join accounts.overview o on o.account_id = s.account_id
                        where s.account_id = any(:ids) and o.model_version is not null
                        """)
                .param("ids", AccountIds.array(accounts))
                .query((row, number) -> stored(row))
                .list()
                .forEach(score -> present.put(score.account(), score));
        return present;
    }

    private static StoredScore stored(ResultSet row) throws SQLException {
        double score = row.getDouble("exact_score");
        Band band = Band.valueOf(row.getString("band"));
        return new StoredScore(
                new AccountId(row.getObject("account_id", UUID.class)),
                score,
                band,
                row.getDouble("exact_coverage"),
                row.getObject("model_version", UUID.class),
                row.getString("segment"),
                row.getString("reason"),
                row.getBytes("readings"),
                Weeks.withNow(shorts(row.getArray("weekly")), Weeks.now(score, band)),
                row.getObject("week", LocalDate.class),
                row.getTimestamp("scored_at").toInstant(),
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
