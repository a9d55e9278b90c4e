package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Writes what a new model changes and nothing else: the rows of lists, which keep the scores, and history. */
@Component
class ReweighedRows {

    private static final long DAY = 24 * 60 * 60;

    private final JdbcClient database;
    private final HealthOverview overview;
    private final Stakes stakes;
    private final Spent spent;

    ReweighedRows(JdbcClient database, HealthOverview overview, Stakes stakes, Spent spent) {
        this.database = database;
        this.overview = overview;
        this.stakes = stakes;
        this.spent = spent;
    }

    /** @param moved of whom a signal opened or closed */
    void write(Collection<Weighed> weighed, Set<AccountId> moved, int stamp, Instant asOf) {
        List<Weighed> differing = weighed.stream().filter(Weighed::differs).toList();
        long start = System.nanoTime();
        if (!differing.isEmpty()) {
            write(differing, stamp, asOf);
        }
        start = spent.on(Spent.On.STORING, start);
        again(differing, asOf);
        start = spent.on(Spent.On.HISTORY, start);
        if (!moved.isEmpty()) {
            overview.count(moved, asOf);
        }
        Set<AccountId> staked = new HashSet<>(moved);
        differing.stream()
                .filter(one -> one.lacks() != one.kept().lacks())
                .forEach(one -> staked.add(one.kept().account()));
        if (!staked.isEmpty()) {
            stakes.follow(staked);
        }
        spent.on(Spent.On.OVERVIEW, start);
    }

    /** History and the row of lists, which keeps the score, in one statement: nothing else of an account is touched. */
    private void write(List<Weighed> rows, int stamp, Instant asOf) {
        readings(rows);
        database.sql("""
                        with fresh as materialized (
                            select * from unnest(:accounts::uuid[], :scores::float8[], :bands::text[], :coverages::float8[],
                                :models::uuid[], :reasons::text[], :weeks::int2[], :bases::int8[], :lacks::int2[],
                                :parts::bytea[])
                                as n (account, score, band, coverage, model, reason, week, basis, lacks, parts)
                        ), history as (
                            insert into health.score_change
                                (account_id, at, score, band, coverage, model_version, parts)
                            select account, :asOf, score, band, coverage, model, parts from fresh where parts is not null
                        )
                        """ + HealthOverview.FOLLOW)
                .param("asOf", Timestamp.from(asOf))
                .param("accounts", AccountIds.array(accounts(rows)))
                .param("scores", rows.stream().map(row -> row.score().value()).toArray(Double[]::new))
                .param("bands", texts(rows, row -> row.score().band().name()))
                .param(
                        "coverages",
                        rows.stream().map(row -> row.score().coverage()).toArray(Double[]::new))
                .param("models", texts(rows, row -> row.model().id().toString()))
                .param("reasons", texts(rows, ReweighedRows::reason))
                .param(
                        "weeks",
                        rows.stream()
                                .map(row -> Weeks.now(
                                        row.score().value(), row.score().band()))
                                .toArray(Short[]::new))
                .param("lacks", rows.stream().map(Weighed::lacks).toArray(Short[]::new))
                .param(
                        "bases",
                        rows.stream()
                                .map(row -> StoredScore.basis(stamp, row.usual()))
                                .toArray(Long[]::new))
                .param("parts", bytes(rows, row -> once(row, asOf) ? Contributions.pack(row.score()) : null))
                .update();
    }

    /** What is connected belongs to what a score rests on; it differs where a model names what nobody reads. */
    private void readings(List<Weighed> rows) {
        List<Weighed> others =
                rows.stream().filter(row -> !row.kept().samePacked()).toList();
        if (!others.isEmpty()) {
            database.sql("""
                            update health.score s set readings = n.readings
                            from unnest(:accounts::uuid[], :readings::bytea[]) as n (account, readings)
                            where s.account_id = n.account
                            """)
                    .param("accounts", AccountIds.array(accounts(others)))
                    .param("readings", bytes(others, row -> row.kept().packed()))
                    .update();
        }
    }

    /** A change of history at the same instant as a former one takes its place. */
    private void again(List<Weighed> rows, Instant asOf) {
        ChangeRows history = new ChangeRows();
        rows.stream()
                .filter(row -> row.changed() && !once(row, asOf))
                .forEach(one -> history.add(one.kept().account(), one.model(), one.score(), asOf));
        history.write(database);
    }

    /**
     * Whether the change is in no history yet: scores are written down at instants that have not been, and those of the
     * past at the beginning of a week.
     */
    private static boolean once(Weighed row, Instant asOf) {
        return row.changed() && row.kept().seen().isBefore(asOf) && asOf.getEpochSecond() % DAY != 0;
    }

    private static @Nullable String reason(Weighed row) {
        return row.reason().equals(row.kept().reason()) ? null : row.reason();
    }

    private static List<AccountId> accounts(List<Weighed> rows) {
        return rows.stream().map(row -> row.kept().account()).toList();
    }

    private static SqlArrayValue bytes(List<Weighed> rows, Function<Weighed, byte @Nullable []> column) {
        return new SqlArrayValue("bytea", (Object[]) rows.stream().map(column).toArray(byte[][]::new));
    }

    private static @Nullable String[] texts(List<Weighed> rows, Function<Weighed, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
