package io.perennial.health.scoring;

import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.model.Reading;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All measures that any module can read. */
@Component
public class Measures {

    private final List<MeasureSource> sources;
    private final Map<String, Measure> byId = new LinkedHashMap<>();
    /** Titles that two measures share, or that hold what follows a title, name none. */
    private final Map<String, String> byTitle = new HashMap<>();

    Measures(ObjectProvider<MeasureSource> sources) {
        Map<Integer, String> byHash = new HashMap<>();
        this.sources = sources.orderedStream().toList();
        for (MeasureSource source : this.sources) {
            for (Measure measure : source.measures()) {
                Measure other = byId.putIfAbsent(measure.id(), measure);
                if (other != null) {
                    throw new IllegalStateException("Two sources read the measure " + measure.id());
                }
                boolean tells = !measure.title().contains(StoredScore.BETWEEN);
                byTitle.merge(measure.title(), tells ? measure.id() : "", (one, two) -> "");
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

    /** One measure of each account: whoever needs the words of one reads the facts behind no others. */
    Map<AccountId, Reading> readings(Map<AccountId, String> wanted, Instant asOf) {
        Map<AccountId, Reading> found = new HashMap<>();
        for (MeasureSource source : sources) {
            Set<String> ids = source.measures().stream().map(Measure::id).collect(Collectors.toSet());
            List<AccountId> accounts = new ArrayList<>();
            wanted.forEach((account, measure) -> {
                if (ids.contains(measure)) {
                    accounts.add(account);
                }
            });
            if (!accounts.isEmpty()) {
                ReadingTable table = new ReadingTable();
                source.read(new MeasureQuery(accounts, asOf, LocalDate.ofInstant(asOf, ZoneOffset.UTC)), table);
                for (AccountId account : accounts) {
                    Reading reading = table.of(account).get(wanted.get(account));
                    if (reading != null) {
                        found.put(account, reading);
                    }
                }
            }
        }
        return found;
    }

    /** The measure that a reason speaks of; empty when its words do not tell. */
    String titled(String reason) {
        int end = reason.indexOf(StoredScore.BETWEEN);
        return byTitle.getOrDefault(end < 0 ? reason : reason.substring(0, end), "");
    }

    /**
     * Tells apart what stored readings rest on beside the facts of their own account: the measures that this release
     * reads, and what many accounts share.
     */
    int stamp(Instant asOf) {
        StringBuilder all =
                new StringBuilder(String.valueOf(Measures.class.getPackage().getImplementationVersion()));
        byId.keySet().stream().sorted().forEach(id -> all.append(' ').append(id));
        sources.forEach(source -> all.append('|').append(source.common(asOf)));
        return all.toString().hashCode();
    }

    /** For each account the last instant before {@code to} at which time alone moves its readings. */
    Map<AccountId, Instant> moments(Instant from, Instant to) {
        Map<AccountId, Instant> latest = new HashMap<>();
        sources.forEach(source -> source.moments(
                from,
                to,
                (account, moment) -> latest.merge(account, moment, (one, other) -> one.isAfter(other) ? one : other)));
        return latest;
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
