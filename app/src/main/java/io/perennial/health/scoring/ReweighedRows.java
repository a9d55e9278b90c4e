package io.perennial.health.scoring;

import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what a new model changes and nothing else: of scores, their history, the rows of lists. */
@Component
class ReweighedRows {

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
            scores(differing, stamp, asOf);
        }
        start = spent.on(Spent.On.STORING, start);
        ChangeRows history = new ChangeRows();
        differing.stream()
                .filter(Weighed::changed)
                .forEach(one -> history.add(new Assessment(
                        one.kept().account(), one.model(), one.kept().readings(), one.score(), one.usual())));
        history.write(database, asOf);
        start = spent.on(Spent.On.HISTORY, start);
        List<AccountId> shown = differing.stream()
                .filter(Weighed::shows)
                .map(one -> one.kept().account())
                .toList();
        if (!shown.isEmpty()) {
            overview.follow(shown, asOf);
        }
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

    /** The week stays, and of the weeks only the last can differ. */
    private void scores(List<Weighed> rows, int stamp, Instant asOf) {
        database.sql("""
                        update health.score s set
                            score = n.score, band = n.band, coverage = n.coverage, model_version = n.model,
                            reason = coalesce(n.reason, s.reason),
                            readings = coalesce(decode(n.readings, 'base64'), s.readings),
                            weekly[array_length(s.weekly, 1)] = n.week, basis = n.basis, as_of = :asOf,
                            lacks_at_most = n.lacks
                        from unnest(:accounts::uuid[], :scores::float8[], :bands::text[], :coverages::float8[],
                                    :models::uuid[], :reasons::text[], :readings::text[], :weeks::int2[], :bases::int8[],
                                    :lacks::int2[])
                            as n (account, score, band, coverage, model, reason, readings, week, basis, lacks)
                        where s.account_id = n.account
                        """)
                .param("asOf", Timestamp.from(asOf))
                .param("accounts", texts(rows, row -> row.kept().account().toString()))
                .param("scores", rows.stream().map(row -> row.score().value()).toArray(Double[]::new))
                .param("bands", texts(rows, row -> row.score().band().name()))
                .param(
                        "coverages",
                        rows.stream().map(row -> row.score().coverage()).toArray(Double[]::new))
                .param("models", texts(rows, row -> row.model().id().toString()))
                .param("reasons", texts(rows, ReweighedRows::reason))
                .param("readings", texts(rows, ReweighedRows::readings))
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
                .update();
    }

    private static @Nullable String reason(Weighed row) {
        return row.reason().equals(row.kept().reason()) ? null : row.reason();
    }

    private static @Nullable String readings(Weighed row) {
        return row.kept().samePacked()
                ? null
                : Base64.getEncoder().encodeToString(row.kept().packed());
    }

    private static @Nullable String[] texts(List<Weighed> rows, Function<Weighed, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
