package io.perennial.health.scoring;

import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All measures that any module can read. */
@Component
public class Measures {

    private final List<MeasureSource> sources;
    private final Map<String, Measure> byId = new LinkedHashMap<>();

    Measures(ObjectProvider<MeasureSource> sources) {
        Map<Integer, String> byHash = new HashMap<>();
        this.sources = sources.orderedStream().toList();
        for (MeasureSource source : this.sources) {
            for (Measure measure : source.measures()) {
                Measure other = byId.putIfAbsent(measure.id(), measure);
                if (other != null) {
                    throw new IllegalStateException("Two sources read the measure " + measure.id());
                }
                String same = byHash.putIfAbsent(measure.id().hashCode(), measure.id());
                if (same != null) {
                    throw new IllegalStateException("Stored readings cannot tell the measures " + measure.id() + " and "
                            + same + " apart; rename one.");
                }
            }
        }
    }

    /** A measure that a model names and nobody reads is shown under its id. */
    public Measure named(String id) {
        Measure measure = byId.get(id);
        return measure != null ? measure : new Measure(id, id.replace('_', ' '), "", "", "No source reads it yet.");
    }

    /** Of every measure that a source reads. */
    Set<String> ids() {
        return byId.keySet();
    }

    ReadingTable read(MeasureQuery query) {
        ReadingTable table = new ReadingTable();
        for (MeasureSource source : sources) {
            source.read(query, table);
        }
        return table;
    }

    /** Measures of sources that never recorded a fact, and measures nobody reads. */
    Set<String> notConnected(LocalDate asOf, Set<String> wanted) {
        Set<String> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(byId.keySet());
        for (MeasureSource source : sources) {
            if (!source.connected(asOf)) {
                source.measures().forEach(measure -> missing.add(measure.id()));
            }
        }
        return Set.copyOf(missing);
    }

    /** See {@link MeasureSource#sealPast}. Needs a transaction. */
    void sealPast(Instant now, LocalDate day) {
        sources.forEach(source -> source.sealPast(now, day));
    }

    /** Cohort figures of all sources; see {@link MeasureSource#seal}. Needs a transaction. */
    void seal(Instant now, LocalDate today) {
        sources.forEach(source -> source.seal(now, today));
    }
}
