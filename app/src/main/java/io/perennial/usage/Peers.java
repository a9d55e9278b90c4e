package io.perennial.usage;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is usual among the accounts of a segment: medians that are sealed with each renewal, never computed for a page. */
@Component
class Peers {

    static final String EVERYBODY = "";
    static final String LICENCES = "licences";
    static final String STICKINESS = "stickiness";
    static final String BREADTH = "breadth";

    private final JdbcClient database;

    Peers(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param accounts that were compared
     * @param users those with more than nothing
     */
    record Usual(int accounts, int users, int median) {}

    /** What is usual in one segment, by subject. */
    record Segment(String name, Map<String, Usual> usual) {

        @Nullable
        Integer median(String subject) {
            Usual found = usual.get(subject);
            return found == null ? null : Integer.valueOf(found.median());
        }

        /** Nobody in the segment used a feature that has no median. */
        int median(int feature) {
            Usual found = usual.get(Integer.toString(feature));
            return found == null ? 0 : found.median();
        }
    }

    /** Of an account without a segment everybody is a peer. */
    Segment of(String segment) {
        Map<String, Usual> usual = new HashMap<>();
        database.sql("select subject, accounts, users, median from usage.peers where segment = :segment")
                .param("segment", segment)
                .query(row -> {
                    usual.put(
                            row.getString("subject"),
                            new Usual(row.getInt("accounts"), row.getInt("users"), row.getInt("median")));
                });
        return new Segment(segment, usual);
    }

    /** By segment in alphabetical order, everybody first. */
    Map<String, Segment> all() {
        Map<String, Segment> all = new LinkedHashMap<>();
        database.sql("select segment, subject, accounts, users, median from usage.peers order by segment")
                .query(row -> {
                    all.computeIfAbsent(row.getString("segment"), name -> new Segment(name, new HashMap<>()))
                            .usual()
                            .put(
                                    row.getString("subject"),
                                    new Usual(row.getInt("accounts"), row.getInt("users"), row.getInt("median")));
                });
        return all;
    }

    /** Seals the medians of the stored rows. */
    void seal(Instant renewedAt) {
        Sums everybody = new Sums(EVERYBODY);
        Map<String, Sums> segments = new TreeMap<>();
        database.sql("select * from usage.adoption where renewed_at = :at")
                .param("at", renewedAt.atOffset(ZoneOffset.UTC))
                .withFetchSize(1_000)
                .query(row -> {
                    AdoptionRow one = AdoptionRows.row(row);
                    everybody.add(one);
                    if (!one.segment().equals(EVERYBODY)) {
                        segments.computeIfAbsent(one.segment(), Sums::new).add(one);
                    }
                });
        database.sql("delete from usage.peers").update();
        segments.values().forEach(this::store);
        store(everybody);
    }

    private void store(Sums sums) {
        Map<String, Usual> usual = sums.usual();
        if (usual.isEmpty()) {
            return;
        }
        database.sql("""
                insert into usage.peers (segment, subject, accounts, users, median)
                select :segment, subject, accounts, users, median
                from unnest(cast(:subjects as text[]), cast(:accounts as int[]), cast(:users as int[]),
                    cast(:medians as int[])) as n (subject, accounts, users, median)
                """)
                .param("segment", sums.segment)
                .param("subjects", usual.keySet().toArray(String[]::new))
                .param(
                        "accounts",
                        usual.values().stream().mapToInt(Usual::accounts).toArray())
                .param("users", usual.values().stream().mapToInt(Usual::users).toArray())
                .param(
                        "medians",
                        usual.values().stream().mapToInt(Usual::median).toArray())
                .update();
    }

    /** Licences are compared among all who bought some; everything else among those who use the product at all. */
    private static final class Sums {

        private final String segment;
        private final Map<String, Tally> tallies = new TreeMap<>();
        private final Map<Integer, Tally> features = new TreeMap<>();
        private final Map<Integer, Integer> unknown = new TreeMap<>();
        private int active;

        private Sums(String segment) {
            this.segment = segment;
        }

        void add(AdoptionRow row) {
            add(LICENCES, row.licences());
            if (row.features().length == 0 && Objects.requireNonNullElse(row.activeUsers(), 0) == 0) {
                return;
            }
            active++;
            add(STICKINESS, row.stickiness());
            add(BREADTH, row.features().length);
            for (int i = 0; i < row.features().length; i++) {
                int share = row.shares()[i];
                Integer feature = row.features()[i];
                if (share < 0) {
                    unknown.merge(feature, 1, Integer::sum);
                } else {
                    features.computeIfAbsent(feature, none -> new Tally()).add(share);
                }
            }
        }

        private void add(String subject, @Nullable Integer value) {
            if (value != null) {
                tallies.computeIfAbsent(subject, name -> new Tally()).add(value);
            }
        }

        Map<String, Usual> usual() {
            Map<String, Usual> usual = new TreeMap<>();
            tallies.forEach((subject, tally) ->
                    usual.put(subject, new Usual(tally.total(), tally.positive(), tally.median(0))));
            features.forEach((feature, tally) -> {
                int using = tally.total() + unknown.getOrDefault(feature, 0);
                usual.put(feature.toString(), new Usual(active, using, tally.median(active - using)));
            });
            return usual;
        }
    }
}
