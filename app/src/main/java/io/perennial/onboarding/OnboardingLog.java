package io.perennial.onboarding;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened in onboardings, in words; what people did can be undone as long as nobody went on with it. */
@Component
class OnboardingLog {

    private static final int SHOWN = 100;

    private final JdbcClient database;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    OnboardingLog(JdbcClient database, Audit audit, Live live, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    record Row(Thing thing, UUID id) {}

    /**
     * Runs a change and writes down what it changed.
     *
     * @return the change, for undo; null when nothing changed
     */
    @Nullable
    UUID changed(Onboarding onboarding, String what, List<Row> rows, Actor actor, Runnable change) {
        Map<Row, @Nullable String> before = new LinkedHashMap<>();
        rows.forEach(row -> before.put(row, state(row.thing(), row.id())));
        change.run();
        List<ChangedThing> things = new ArrayList<>();
        before.forEach((row, was) -> {
            String is = state(row.thing(), row.id());
            if (!Objects.equals(was, is)) {
                things.add(new ChangedThing(row.thing().type(), row.id().toString(), onboarding.account(), was, is));
            }
        });
        if (things.isEmpty()) {
            return null;
        }
        UUID id = audit.record(
                actor, OnboardingUndo.KIND, "Onboarding of " + onboarding.accountName() + ": " + what, things);
        write(onboarding.id(), what, actor, id);
        return id;
    }

    void write(UUID onboarding, String what, Actor actor, @Nullable UUID change) {
        database.sql("""
                insert into onboarding.event (onboarding_id, at, what, actor, change)
                values (:onboarding, :at, :what, :actor, cast(:change as uuid))
                """)
                .param("onboarding", onboarding)
                .param("at", Timestamp.from(clock.instant()))
                .param("what", what)
                .param("actor", actor.name())
                .param("change", change)
                .update();
        live.changed("onboarding:" + onboarding);
        live.changed("onboardings");
    }

    /** Latest first. What was undone already cannot be undone again. */
    List<Onboardings.Entry> of(UUID onboarding) {
        return database.sql("""
                select e.at, e.what, e.actor, case when c.id is not null and c.undone_by is null then e.change end as change
                from onboarding.event e left join platform.change c on c.id = e.change
                where e.onboarding_id = :onboarding order by e.n desc limit :most
                """)
                .param("onboarding", onboarding)
                .param("most", SHOWN)
                .query((row, number) -> new Onboardings.Entry(
                        instant(row.getTimestamp("at")),
                        row.getString("what"),
                        row.getString("actor"),
                        row.getObject("change", UUID.class)))
                .list();
    }

    /** The row as the database writes it: what undo compares with; null when there is none. */
    @Nullable
    String state(Thing thing, UUID id) {
        return database.sql("select to_jsonb(f)::text from (select " + thing.columns() + " from " + thing.table()
                        + " where id = :id) f")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static Instant instant(Timestamp at) {
        return at.toInstant();
    }
}
