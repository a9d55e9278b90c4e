package io.perennial.usage;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import io.perennial.usage.FeatureCatalogue.NotPossible;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Defines and retires key actions. */
@Component
public class KeyActionDefinitions {

    private static final int MOST = 50;

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    KeyActionDefinitions(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param expectedTime a time as {@link Times} reads it; empty: what is usual decides
     * @throws NotPossible when the viewer may not, or it makes no sense
     */
    @Transactional
    public UUID define(Viewer viewer, String name, int start, int finish, String expectedTime) {
        allow(viewer);
        return define(viewer.actor(), name, start, finish, expectedTime);
    }

    /** For whoever sets a whole company up, such as the demo; no person asks for it. */
    @Transactional
    public UUID define(Actor actor, String name, int start, int finish, String expectedTime) {
        String called = name.strip();
        if (called.isEmpty() || called.length() > 120 || called.chars().anyMatch(Character::isISOControl)) {
            throw new NotPossible("A key action needs a name of at most 120 characters.");
        }
        if (start == finish) {
            throw new NotPossible("A key action starts with one feature and finishes with another.");
        }
        Long expected = Times.seconds(expectedTime);
        int known = database.sql("select count(*) from usage.catalogue where id in (:start, :finish)")
                .param("start", start)
                .param("finish", finish)
                .query(Integer.class)
                .single();
        int defined = database.sql("select count(*) from usage.key_action where retired_at is null")
                .query(Integer.class)
                .single();
        if (known != 2 || defined >= MOST) {
            throw new NotPossible(
                    known != 2 ? "Choose two features." : "There are " + MOST + " key actions: retire one first.");
        }
        UUID id = Ids.next();
        database.sql("""
                insert into usage.key_action (id, name, start_feature, finish_feature, expected_seconds, created_at)
                values (:id, :name, :start, :finish, :expected, :now)
                """)
                .param("id", id)
                .param("name", called)
                .param("start", start)
                .param("finish", finish)
                .param("expected", expected)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        record(actor, id, "Key action " + called + " defined", null, "{\"defined\": true}");
        return id;
    }

    /** Its runs are gone with it; its definition stays in the history of changes. */
    @Transactional
    public void retire(Viewer viewer, UUID id) {
        allow(viewer);
        String name = database.sql("""
                update usage.key_action set retired_at = :now where id = :id and retired_at is null returning name
                """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NotPossible("There is no such key action."));
        database.sql("delete from usage.key_action_run where action_id = :id")
                .param("id", id)
                .update();
        record(viewer.actor(), id, "Key action " + name + " retired", "{\"defined\": true}", null);
    }

    private void record(Actor actor, UUID id, String summary, @Nullable String before, @Nullable String after) {
        audit.record(
                actor,
                "key-action",
                summary,
                List.of(new ChangedThing("key-action", id.toString(), null, before, after)));
    }

    private static void allow(Viewer viewer) {
        if (!FeatureCatalogue.mayChange(viewer)) {
            throw new NotPossible("Leaders and administrators define key actions.");
        }
    }
}
