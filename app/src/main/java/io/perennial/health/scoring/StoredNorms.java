package io.perennial.health.scoring;

import io.perennial.health.model.Norms;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sealed segment means by the day from which they stand. */
@Component
class StoredNorms {

    private final JdbcClient database;

    StoredNorms(JdbcClient database) {
        this.database = database;
    }

    /** The means that stood on that day; before the first sealing the neutral ones. */
    Norms on(LocalDate day, UUID modelVersion) {
        Map<String, Map<String, Double>> bySegment = new HashMap<>();
        database.sql("""
                        select segment, measure, mean from health.norms
                        where model_version = :model and valid_from =
                            (select max(valid_from) from health.norms
                             where model_version = :model and valid_from <= :day)
                        """)
                .param("model", modelVersion)
                .param("day", Date.valueOf(day))
                .query(row -> {
                    bySegment
                            .computeIfAbsent(row.getString("segment"), segment -> new HashMap<>())
                            .put(row.getString("measure"), row.getDouble("mean"));
                });
        return bySegment.isEmpty() ? Norms.NONE : new Norms(bySegment);
    }

    /** Whether means were sealed that stand from that day or a later one. */
    boolean sealedSince(LocalDate day, UUID modelVersion) {
        return database.sql("""
                        select exists (select from health.norms where model_version = :model and valid_from >= :day)
                        """)
                .param("model", modelVersion)
                .param("day", Date.valueOf(day))
                .query(Boolean.class)
                .single();
    }

    /** The means of one version, of every day, stand for another version too. */
    void takeOver(UUID former, UUID heir) {
        database.sql("""
                        insert into health.norms (model_version, valid_from, segment, measure, mean, accounts)
                        select :heir, valid_from, segment, measure, mean, accounts from health.norms
                        where model_version = :former
                        on conflict do nothing
                        """).param("former", former).param("heir", heir).update();
    }

    /** Replaces the means sealed for that day. */
    void seal(LocalDate day, UUID modelVersion, Norms norms, int accounts) {
        List<String> segments = new ArrayList<>();
        List<String> measures = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        norms.bySegment()
                .forEach((segment, ofSegment) -> ofSegment.forEach((measure, mean) -> {
                    segments.add(segment);
                    measures.add(measure);
                    means.add(mean);
                }));
        database.sql("delete from health.norms where model_version = :model and valid_from = :day")
                .param("model", modelVersion)
                .param("day", Date.valueOf(day))
                .update();
        database.sql("""
                        insert into health.norms (model_version, valid_from, segment, measure, mean, accounts)
                        select :model, :day, segment, measure, mean, :accounts
                        from unnest(:segments::text[], :measures::text[], :means::float8[]) as t (segment, measure, mean)
                        """)
                .param("model", modelVersion)
                .param("day", Date.valueOf(day))
                .param("accounts", accounts)
                .param("segments", segments.toArray(String[]::new))
                .param("measures", measures.toArray(String[]::new))
                .param("means", means.toArray(Double[]::new))
                .update();
    }
}
