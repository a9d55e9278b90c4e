package io.perennial.engagement.cadence;

import io.perennial.engagement.cadence.Cadence.BadCadence;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rules in force and how they came to be. A version is published with a reason and never changed. */
@Component
@Transactional
public class Cadences {

    static final String KIND = "cadence";
    private static final int LONGEST_REASON = 500;

    private final JdbcClient database;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    Cadences(JdbcClient database, Audit audit, Live live, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** @param version 0 for what the product ships */
    public record Version(
            int version,
            String reason,
            String publishedBy,
            @Nullable Instant publishedAt,
            List<Cadence> rules) {}

    @Transactional(readOnly = true)
    public Version inForce() {
        return versions(1).getFirst();
    }

    /** Newest first; the last is what the product ships. */
    @Transactional(readOnly = true)
    public List<Version> versions(int most) {
        List<Version> versions = database.sql("""
                select version, reason, published_by, published_at from engagement.cadence_version
                order by version desc limit :most
                """)
                .param("most", most)
                .query((row, number) -> new Version(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        rules(row.getInt(1))))
                .list();
        return versions.isEmpty()
                ? List.of(new Version(0, "As it comes with the product.", "Perennial", null, Cadence.usual()))
                : versions;
    }

    private List<Cadence> rules(int version) {
        return database.sql("""
                select name, segment, arr_from, days, kind, who, tasks from engagement.cadence_rule
                where version = :version order by position
                """)
                .param("version", version)
                .query((row, number) -> new Cadence(
                        row.getString(1),
                        row.getString(2),
                        row.getBigDecimal(3),
                        row.getInt(4),
                        row.getString(5),
                        Cadence.Who.of(row.getString(6)),
                        row.getBoolean(7)))
                .list();
    }

    /**
     * Who may do it is decided at the door.
     *
     * @param seen the version that the person started from
     * @return the change, for undo; null when these rules are in force already
     * @throws BadCadence in words, when they cannot be published
     */
    public @Nullable UUID publish(List<Cadence> rules, String reason, int seen, Actor actor) {
        check(rules);
        String why = reason.replace("\0", "").strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            throw new BadCadence("Say in up to 500 characters why the rules change.");
        }
        database.sql("select pg_advisory_xact_lock(hashtext('engagement.cadence'))")
                .query((row, number) -> 1)
                .single();
        Version now = inForce();
        if (now.version() != seen) {
            throw new BadCadence("Somebody published version " + now.version()
                    + " meanwhile. What you wrote is below and not published; look at it again.");
        }
        if (now.rules().equals(rules) && now.version() > 0) {
            return null;
        }
        int version = now.version() + 1;
        database.sql("""
                insert into engagement.cadence_version (version, reason, published_by, published_at)
                values (:version, :reason, :by, :now)
                """)
                .param("version", version)
                .param("reason", why)
                .param("by", actor.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        for (int position = 0; position < rules.size(); position++) {
            write(version, position, rules.get(position));
        }
        live.changed("engagement");
        return audit.record(
                actor,
                KIND,
                "Cadence version " + version + " published: " + why,
                List.of(new ChangedThing(
                        KIND, Integer.toString(version), null, null, "{\"version\": " + version + "}")));
    }

    private void write(int version, int position, Cadence rule) {
        database.sql("""
                insert into engagement.cadence_rule (version, position, name, segment, arr_from, days, kind, who, tasks)
                values (:version, :position, :name, :segment, :arr, :days, :kind, :who, :tasks)
                """)
                .param("version", version)
                .param("position", position)
                .param("name", rule.name())
                .param("segment", rule.segment())
                .param("arr", rule.arrFrom())
                .param("days", rule.days())
                .param("kind", rule.kind())
                .param("who", rule.who().key())
                .param("tasks", rule.tasks())
                .update();
    }

    static void check(List<Cadence> rules) {
        if (rules.isEmpty() || rules.size() > Cadence.MOST_RULES) {
            throw new BadCadence("Between 1 and 20 rules.");
        }
        long names = rules.stream()
                .map(rule -> rule.name().toLowerCase(java.util.Locale.ROOT))
                .distinct()
                .count();
        if (names < rules.size()) {
            throw new BadCadence("Two rules have the same name.");
        }
    }
}
