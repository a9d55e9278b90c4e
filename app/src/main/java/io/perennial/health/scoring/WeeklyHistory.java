package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rewrites the stored history of some accounts as of a list of weeks. */
@Component
class WeeklyHistory {

    private final JdbcClient database;
    private final Assessments assessments;
    private final Spent spent;

    WeeklyHistory(JdbcClient database, Assessments assessments, Spent spent) {
        this.spent = spent;
        this.database = database;
        this.assessments = assessments;
    }

    /**
     * The facts of an account are read once for all weeks.
     *
     * @param weeks Mondays, oldest first; what is stored from the first to the last is replaced
     * @param everybodys see {@link Span#ofEverybody}
     */
    void rewrite(
            List<AccountId> accounts,
            List<LocalDate> weeks,
            List<ModelVersion> models,
            ConcurrentMap<Object, Object> everybodys) {
        forget(accounts, start(weeks.getFirst()), start(weeks.getLast()));
        Span span = new Span(accounts, start(weeks.getLast()), everybodys);
        Map<AccountId, StoredScore> before = new HashMap<>();
        Map<AccountId, short[]> recent = new HashMap<>();
        ChangeRows changes = new ChangeRows();
        for (LocalDate week : weeks) {
            for (Assessment assessment : assessments.of(new MeasureQuery(week, span), models)) {
                StoredScore now = StoredScore.past(assessment, before.get(assessment.account()), week);
                if (now.changedFrom(before.put(assessment.account(), now))) {
                    changes.add(assessment, start(week));
                }
                // The Monday's first instant is the end of the week before.
                recent.put(assessment.account(), now.weekly());
            }
        }
        long start = System.nanoTime();
        changes.writeFirst(database);
        sparks(recent, weeks.getLast());
        spent.on(Spent.On.HISTORY, start);
    }

    private void forget(List<AccountId> accounts, Instant from, Instant to) {
        database.sql("delete from health.score_change where account_id = any(:ids) and at between :from and :to")
                .param("ids", AccountIds.array(accounts))
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .update();
    }

    /** The weeks before the present one, which is the score itself. */
    private void sparks(Map<AccountId, short[]> recent, LocalDate week) {
        List<Map.Entry<AccountId, short[]>> rows = List.copyOf(recent.entrySet());
        database.sql("""
                        update health.score s
                        set weekly = t.weekly::smallint[], week = :week
                        from unnest(:accounts::uuid[], :weeklies::text[]) as t (account, weekly)
                        where s.account_id = t.account
                        """)
                .param("week", Date.valueOf(week))
                .param(
                        "accounts",
                        rows.stream().map(row -> row.getKey().toString()).toArray(String[]::new))
                .param(
                        "weeklies",
                        rows.stream()
                                .map(row -> ScoreRows.literal(Arrays.copyOfRange(row.getValue(), 1, Weeks.KEPT)))
                                .toArray(String[]::new))
                .update();
    }

    private static Instant start(LocalDate week) {
        return week.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
