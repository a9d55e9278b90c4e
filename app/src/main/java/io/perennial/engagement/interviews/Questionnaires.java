package io.perennial.engagement.interviews;

import io.perennial.engagement.interviews.Questionnaire.BadQuestionnaire;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Questionnaires by name, each in versions; a version is published with a reason and never changed. */
@Component
@Transactional
public class Questionnaires implements Undoable {

    private static final String KIND = "questionnaire";
    private static final int MOST_NAMES = 50;

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Questionnaires(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param version 0 for what the product ships */
    public record Version(
            String name,
            int version,
            String body,
            String reason,
            String publishedBy,
            @Nullable Instant publishedAt) {

        public Questionnaire read() {
            return Questionnaire.parse(body);
        }
    }

    private static final Version SHIPPED = new Version(
            Questionnaire.USUAL_NAME, 0, Questionnaire.USUAL, "As it comes with the product.", "Perennial", null);

    /** The version in force of each, by name. */
    @Transactional(readOnly = true)
    public List<Version> inForce() {
        List<Version> versions = new ArrayList<>(database.sql("""
                select distinct on (name) * from engagement.questionnaire_version order by name, version desc limit :most
                """)
                .param("most", MOST_NAMES)
                .query((row, number) -> version(row))
                .list());
        if (versions.stream().noneMatch(one -> one.name().equals(SHIPPED.name()))) {
            versions.addFirst(SHIPPED);
        }
        return versions;
    }

    @Transactional(readOnly = true)
    public Optional<Version> inForce(String name) {
        return versions(name, 1).stream().findFirst();
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<Version> versions(String name, int most) {
        List<Version> versions = database.sql("""
                select * from engagement.questionnaire_version where name = :name order by version desc limit :most
                """)
                .param("name", name)
                .param("most", most)
                .query((row, number) -> version(row))
                .list();
        return versions.isEmpty() && name.equals(SHIPPED.name()) ? List.of(SHIPPED) : versions;
    }

    /** What was asked, when it is still known. */
    @Transactional(readOnly = true)
    public Optional<Version> version(String name, int version) {
        return version == 0 && name.equals(SHIPPED.name())
                ? Optional.of(SHIPPED)
                : database.sql(
                                "select * from engagement.questionnaire_version where name = :name and version = :version")
                        .param("name", name)
                        .param("version", version)
                        .query((row, number) -> version(row))
                        .optional();
    }

    /**
     * Who may do it is decided at the door.
     *
     * @param seen the version that the person started from; 0 for a new one
     * @return the change, for undo; null when these words are in force already
     * @throws BadQuestionnaire in words
     */
    public @Nullable UUID publish(String name, String body, String reason, int seen, Actor actor) {
        String title = name.strip();
        if (title.isEmpty() || title.length() > 100 || title.chars().anyMatch(Character::isISOControl)) {
            throw new BadQuestionnaire("Give it a name of up to 100 characters.");
        }
        String why = reason.replace("\0", "").strip();
        if (why.isEmpty() || why.length() > 500) {
            throw new BadQuestionnaire("Say in up to 500 characters why it changes.");
        }
        String text = body.replace("\r\n", "\n").strip() + "\n";
        Questionnaire.parse(text);
        database.sql("select pg_advisory_xact_lock(hashtext('engagement.questionnaire'))")
                .query((row, number) -> 1)
                .single();
        Version now = inForce(title).orElse(null);
        int last = now == null ? 0 : now.version();
        if (last != seen) {
            throw new BadQuestionnaire("Somebody published version " + last
                    + " meanwhile. What you wrote is below and not published; look at it again.");
        }
        if (now != null && now.body().equals(text)) {
            return null;
        }
        database.sql("""
                insert into engagement.questionnaire_version (name, version, body, reason, published_by, published_at)
                values (:name, :version, :body, :reason, :by, :now)
                """)
                .param("name", title)
                .param("version", last + 1)
                .param("body", text)
                .param("reason", why)
                .param("by", actor.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return audit.record(
                actor,
                KIND,
                "Questionnaire " + title + " version " + (last + 1) + " published: " + why,
                List.of(new ChangedThing(KIND, (last + 1) + "|" + title, null, null, "{}")));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, thing -> {
            String[] parts = thing.id().split("\\|", 2);
            int gone = database.sql("""
                    delete from engagement.questionnaire_version v where v.name = :name and v.version = :version
                      and v.version = (select max(n.version) from engagement.questionnaire_version n where n.name = :name)
                      and not exists (select from engagement.interview i
                        where i.questionnaire = :name and i.questionnaire_version = :version)
                    """)
                    .param("name", parts[1])
                    .param("version", Integer.parseInt(parts[0]))
                    .update();
            return gone == 1 ? null : "somebody asked these questions or published others since";
        });
    }

    private static Version version(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Version(
                row.getString("name"),
                row.getInt("version"),
                row.getString("body"),
                row.getString("reason"),
                row.getString("published_by"),
                row.getTimestamp("published_at").toInstant());
    }
}
