package io.perennial.playbooks;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.platform.text.TextProblem;
import io.perennial.playbooks.text.Playbook;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What leaders do with playbooks: write them, put a version in force, watch it in the shadow, switch it on, pause it. */
@Component
public class PlaybookEditing {

    static final String KIND = "playbook";
    private static final java.util.Set<String> RESERVED = java.util.Set.of("new", "webhooks", "runs", "check");
    private static final int LONGEST_NOTE = 500;
    private static final int LONGEST_KEY = 60;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;
    private final Playbooks playbooks;
    private final Library library;
    private final Segments segments;
    private final Audit audit;
    private final Live live;
    private final PlaybookLoop loop;
    private final Clock clock;

    PlaybookEditing(
            JdbcClient database,
            Playbooks playbooks,
            Library library,
            Segments segments,
            Audit audit,
            Live live,
            PlaybookLoop loop,
            Clock clock) {
        this.database = database;
        this.playbooks = playbooks;
        this.library = library;
        this.segments = segments;
        this.audit = audit;
        this.live = live;
        this.loop = loop;
        this.clock = clock;
    }

    public static boolean mayWrite(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** The key that a name gets in addresses. */
    public static String keyOf(String name) {
        String key = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return key.substring(0, Math.min(LONGEST_KEY, key.length()));
    }

    /** @param version number of the version that the playbook has now; the same text again makes no other one */
    public record Saved(String key, int version, boolean changed) {}

    /**
     * A text becomes the newest version of the playbook, which is made when there is none. What runs goes on with the version in
     * force until the new one is put in force.
     *
     * @param seen number of the version that the writer had in front of them; 0 when they had none or do not care
     * @throws TextProblem with every line that is wrong; nothing is kept then
     */
    @Transactional(rollbackFor = TextProblem.class)
    public Saved save(String key, String text, String note, int seen, Actor actor) throws TextProblem {
        if (!key.matches("[a-z0-9][a-z0-9-]{0,79}")) {
            throw new PlaybookRefused(
                    "The key of a playbook has small letters, digits and hyphens, such as falling-use.");
        }
        if (RESERVED.contains(key)) {
            throw new PlaybookRefused("\"" + key + "\" is an address of its own. Give the playbook another name.");
        }
        if (note.length() > LONGEST_NOTE) {
            throw new PlaybookRefused("Say in at most " + LONGEST_NOTE + " characters what changed.");
        }
        Playbook playbook = playbooks.read(text);
        UUID id = made(key, actor);
        record Newest(int number, String text) {}
        Newest newest =
                database.sql("""
                select number, text from playbooks.version where playbook_id = :id order by number desc limit 1
                """).param("id", id).query(Newest.class).optional().orElse(null);
        if (newest != null && seen > 0 && newest.number() != seen) {
            throw new PlaybookRefused("Somebody wrote version " + newest.number() + " meanwhile, after version " + seen
                    + " that you had. Nothing was kept: compare both and write it again.");
        }
        if (newest != null && newest.text().equals(playbook.text())) {
            return new Saved(key, newest.number(), false);
        }
        int number = newest == null ? 1 : newest.number() + 1;
        database.sql("""
                insert into playbooks.version (id, playbook_id, number, name, text, note, created_at, created_by)
                values (:version, :id, :number, :name, :text, :note, :now, :by)
                """)
                .param("version", Ids.next())
                .param("id", id)
                .param("number", number)
                .param("name", playbook.name())
                .param("text", playbook.text())
                .param("note", note.strip())
                .param("now", now())
                .param("by", actor.name())
                .update();
        audit.record(
                actor,
                KIND,
                "Playbook \"" + playbook.name() + "\" written, version " + number,
                List.of(new ChangedThing(
                        KIND, key, null, null, JSON.writeValueAsString(java.util.Map.of("version", number)))));
        live.changed("playbooks");
        return new Saved(key, number, true);
    }

    /** Locks it. */
    private UUID made(String key, Actor actor) {
        database.sql("""
                insert into playbooks.playbook (id, key, state_at, state_by) values (:id, :key, :now, :by)
                on conflict (key) do nothing
                """)
                .param("id", Ids.next())
                .param("key", key)
                .param("now", now())
                .param("by", actor.name())
                .update();
        return database.sql("select id from playbooks.playbook where key = :key for update")
                .param("key", key)
                .query(UUID.class)
                .single();
    }

    /**
     * Puts the newest version in force and lets the playbook run, or only say what it would do.
     *
     * @return what was done, in a sentence
     */
    @Transactional
    public String switchTo(String key, PlaybookState wanted, Actor actor) {
        take(key, actor);
        record Known(
                UUID id, int number, String state, @Nullable UUID inForce) {}
        Known known = database.sql("""
                select id, number, state, in_force from playbooks.playbook where key = :key for update
                """)
                .param("key", key)
                .query(Known.class)
                .optional()
                .orElseThrow(PlaybookEditing::none);
        record Newest(UUID id, int number, String text) {}
        Newest newest = database.sql("""
                select id, number, text from playbooks.version where playbook_id = :id order by number desc limit 1
                """)
                .param("id", known.id())
                .query(Newest.class)
                .optional()
                .orElseThrow(PlaybookEditing::none);
        Playbook playbook = playbooks.parsed(newest.text());
        boolean sameState = known.state().equals(wanted.key());
        boolean sameVersion = newest.id().equals(known.inForce());
        if (sameState && (sameVersion || !wanted.looks())) {
            return "\"" + playbook.name() + "\" is " + wanted.title().toLowerCase(Locale.ROOT) + " already.";
        }
        if (wanted == PlaybookState.PAUSED && known.inForce() == null) {
            throw new PlaybookRefused("It never ran, so there is nothing to pause.");
        }
        if (wanted.looks()) {
            checkWebhooks(playbook);
        }
        boolean resumes = wanted == PlaybookState.ACTIVE && known.state().equals("paused") && sameVersion;
        database.sql("""
                update playbooks.playbook set state = :state, state_at = :now, state_by = :by,
                    in_force = case when :looks then cast(:version as uuid) else in_force end,
                    include_present = :present, moment = :moment,
                    since = case when :looks then cast(:now as timestamptz) else since end
                where id = :id
                """)
                .param("state", wanted.key())
                .param("looks", wanted.looks())
                .param("version", newest.id())
                .param("present", playbook.start().presentToo())
                .param("moment", playbook.start().when())
                .param("now", now())
                .param("by", actor.name())
                .param("id", known.id())
                .update();
        if (wanted.looks()) {
            segments.begin(known.number(), playbook, resumes);
            loop.wakeForEverybody();
        }
        String said = "\"" + playbook.name() + "\" is now " + wanted.title().toLowerCase(Locale.ROOT)
                + (wanted.looks() ? ", version " + newest.number() : "") + ".";
        audit.record(
                actor,
                KIND,
                "Playbook \"" + playbook.name() + "\" made " + wanted.title().toLowerCase(Locale.ROOT),
                List.of(new ChangedThing(
                        KIND,
                        key,
                        null,
                        JSON.writeValueAsString(java.util.Map.of("state", known.state())),
                        JSON.writeValueAsString(java.util.Map.of("state", wanted.key())))));
        live.changed("playbooks");
        return said;
    }

    private void checkWebhooks(Playbook playbook) {
        io.perennial.playbooks.text.Program.of(playbook.steps()).instructions().stream()
                .map(one -> one.step())
                .filter(io.perennial.playbooks.text.Step.Webhook.class::isInstance)
                .map(step -> ((io.perennial.playbooks.text.Step.Webhook) step).name())
                .forEach(name -> {
                    if (database.sql("select count(*) from playbooks.webhook where name = :name")
                                    .param("name", name)
                                    .query(Long.class)
                                    .single()
                            == 0) {
                        throw new PlaybookRefused(
                                "There is no webhook \"" + name
                                        + "\" yet. An administrator enters its address under Playbooks, Webhooks. Nothing was changed.");
                    }
                });
    }

    /** A ready playbook becomes the company's own when somebody uses it. */
    private void take(String key, Actor actor) {
        boolean known = database.sql("select exists (select from playbooks.playbook where key = :key)")
                .param("key", key)
                .query(Boolean.class)
                .single();
        if (!known) {
            Playbook ready = library.find(key).orElseThrow(PlaybookEditing::none);
            try {
                save(key, ready.text(), "As shipped", 0, actor);
            } catch (TextProblem e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The row of a playbook, made of the ready one when it is not there yet. */
    @Transactional
    public UUID idOf(String key, Actor actor) {
        take(key, actor);
        return database.sql("select id from playbooks.playbook where key = :key")
                .param("key", key)
                .query(UUID.class)
                .single();
    }

    static java.util.NoSuchElementException none() {
        return new java.util.NoSuchElementException("There is no such playbook.");
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
