package io.perennial.identity;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Groups of colleagues. Who joins which is a change of a record: audited, and taken back under Recent changes. */
@Component
public class Teams {

    private static final int LONGEST_NAME = 200;

    private final JdbcClient database;
    private final Records records;

    Teams(JdbcClient database, Records records) {
        this.database = database;
        this.records = records;
    }

    /** @param members how many colleagues who may sign in or are yet to be invited work in it */
    public record Team(UUID id, String externalId, String name, int members) {}

    /** By name. */
    @Transactional(readOnly = true)
    public List<Team> all() {
        return database.sql("""
                select t.id, t.external_id, t.name,
                    (select count(*) from identity.team_member m where m.team_id = t.id and m.active)::int as members
                from identity.team t order by lower(t.name), t.id limit 500
                """)
                .query((row, number) -> new Team(
                        row.getObject("id", UUID.class),
                        row.getString("external_id"),
                        row.getString("name"),
                        row.getInt("members")))
                .list();
    }

    /** Names of the teams that colleagues work in, by colleague. */
    @Transactional(readOnly = true)
    public Map<UUID, String> ofMembers() {
        Map<UUID, String> names = new HashMap<>();
        database.sql("select m.id, t.name from identity.team_member m join identity.team t on t.id = m.team_id")
                .query(row -> {
                    names.put(row.getObject(1, UUID.class), row.getString(2));
                });
        return names;
    }

    /**
     * Puts a colleague into a team, which begins to exist when nobody named it before.
     *
     * @param name empty: into none
     * @throws IllegalArgumentException with a sentence for the person, when the name or the right is missing
     */
    @Transactional
    public void join(UUID member, String name, Viewer viewer) {
        String wanted = name.strip().replaceAll("\\s+", " ");
        if (wanted.length() > LONGEST_NAME || wanted.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A team's name has up to 200 characters.");
        }
        String colleague = database.sql("select external_id from identity.team_member where id = :id")
                .param("id", member)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("There is no such colleague."));
        String team = wanted.isEmpty() ? null : named(wanted).orElseGet(() -> begin(wanted, viewer));
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("team", team);
        write("team-members", colleague, values, "Team of a colleague changed", viewer);
    }

    private Optional<String> named(String name) {
        return database.sql(
                        "select external_id from identity.team where lower(name) = lower(:name) order by id limit 1")
                .param("name", name)
                .query(String.class)
                .optional();
    }

    private String begin(String name, Viewer viewer) {
        String id = name.toLowerCase(Locale.ROOT);
        write("teams", id, Map.of("name", name), "Team " + name + " begun", viewer);
        return id;
    }

    private void write(
            String typeName, String id, Map<String, @Nullable Object> values, String summary, Viewer viewer) {
        RecordType type = records.type(typeName).orElseThrow();
        RowOutcome outcome = records.upsert(
                        type,
                        List.of(new RecordRow(1, id, values, Map.of())),
                        viewer.actor(),
                        new Records.Write(null, summary, Records.Formats.ISO))
                .getFirst();
        if (!outcome.problems().isEmpty()) {
            throw new IllegalArgumentException(outcome.problems().getFirst().message());
        }
    }
}
