package io.perennial.health.scoring;

import io.perennial.health.model.Band;
import io.perennial.health.model.MeasureRule;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads the stored changes of scores. */
@Component
public class ScoreHistory {

    private static final String SELECT = """
            select c.at, c.score, c.band, c.coverage, c.parts, c.contributions::text as contributions,
                   m.name || ' v' || m.version as model
            from health.score_change c join health.model_version m on m.id = c.model_version
            """;

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;
    private final Models models;
    private final Map<Integer, String> names;

    ScoreHistory(JdbcClient database, Models models, Measures measures) {
        this.database = database;
        this.models = models;
        this.names = new ConcurrentHashMap<>(StoredReadings.byHash(measures.ids()));
    }

    /** The change that stands and the one that stood at an instant; empty unless both are known and differ. */
    public Optional<Pair> between(AccountId account, Instant then, Instant now) {
        List<Change> found = database.sql(SELECT + """
                         where c.account_id = :id and c.at in (
                            (select max(at) from health.score_change where account_id = :id and at <= :then),
                            (select max(at) from health.score_change where account_id = :id and at <= :now))
                        order by c.at
                        """)
                .param("id", account.value())
                .param("then", Timestamp.from(then))
                .param("now", Timestamp.from(now))
                .query((row, number) -> change(row))
                .list();
        return found.size() == 2 ? Optional.of(new Pair(found.getFirst(), found.getLast())) : Optional.empty();
    }

    public record Pair(Change then, Change now) {}

    /** Changes since the day began and the one that stood then, oldest first. */
    public List<Change> since(AccountId account, LocalDate since) {
        return database.sql(SELECT + """
                         where c.account_id = :id and c.at >= coalesce(
                            (select max(at) from health.score_change where account_id = :id and at <= :since), :since)
                        order by c.at
                        """)
                .param("id", account.value())
                .param(
                        "since",
                        Timestamp.from(since.atStartOfDay(ZoneOffset.UTC).toInstant()))
                .query((row, number) -> change(row))
                .list();
    }

    /** Newest first, changes before that instant without what they were made of. */
    public List<Step> before(AccountId account, Instant before, int limit) {
        return database.sql("""
                        select c.at, c.score, c.band, m.name || ' v' || m.version as model
                        from health.score_change c join health.model_version m on m.id = c.model_version
                        where c.account_id = :id and c.at < :before order by c.at desc limit :limit
                        """)
                .param("id", account.value())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query((row, number) -> new Step(
                        row.getTimestamp("at").toInstant(),
                        row.getDouble("score"),
                        Band.valueOf(row.getString("band")),
                        row.getString("model")))
                .list();
    }

    public record Step(Instant at, double score, Band band, String model) {}

    private Change change(ResultSet row) throws SQLException {
        byte[] parts = row.getBytes("parts");
        return new Change(
                row.getTimestamp("at").toInstant(),
                row.getDouble("score"),
                Band.valueOf(row.getString("band")),
                row.getDouble("coverage"),
                row.getString("model"),
                parts == null ? spelledOut(row.getString("contributions")) : Contributions.unpack(parts, this::named));
    }

    /** As rows were kept before they were packed. */
    private static Map<String, Double> spelledOut(String json) {
        Map<String, Double> contributions = new HashMap<>();
        JSON.readTree(json)
                .properties()
                .forEach(entry ->
                        contributions.put(entry.getKey(), entry.getValue().doubleValue()));
        return contributions;
    }

    /** Measures that no source reads any more are named by the versions they once counted in. */
    private String named(int hash) {
        return names.computeIfAbsent(
                hash,
                unknown -> StoredReadings.byHash(models.all().stream()
                                .flatMap(version -> version.model().rules().stream())
                                .map(MeasureRule::measure)
                                .toList())
                        .getOrDefault(unknown, "measure_" + Integer.toHexString(unknown)));
    }

    /** @param contributions by measure; the empty name is the segment's mean, so that they sum to the score */
    public record Change(
            Instant at, double score, Band band, double coverage, String model, Map<String, Double> contributions) {}
}
