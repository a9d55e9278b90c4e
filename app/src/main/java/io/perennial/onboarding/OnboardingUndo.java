package io.perennial.onboarding;

import io.perennial.platform.audit.ChangedRows;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes back what people did to onboardings and templates, unless somebody went on with it since. Letters stay sent. */
@Component
class OnboardingUndo implements Undoable {

    static final String KIND = "onboarding";
    static final String TEMPLATE = "onboarding.template";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WENT_ON = "somebody went on with it since";

    private final JdbcClient database;
    private final ChangedRows rows;
    private final OnboardingLog log;
    private final Looking looking;

    OnboardingUndo(JdbcClient database, ChangedRows rows, OnboardingLog log, Looking looking) {
        this.database = database;
        this.rows = rows;
        this.log = log;
        this.looking = looking;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        Set<UUID> touched = new HashSet<>();
        UndoResult result = UndoResult.of(
                things.reversed(), thing -> thing.type().equals(TEMPLATE) ? template(thing) : restore(thing, touched));
        touched.stream()
                .filter(id -> rows.state(Thing.ONBOARDING, id) != null)
                .forEach(id -> log.write(id, "took a change back", actor, null));
        looking.look(touched);
        return result;
    }

    private @Nullable String restore(ChangedThing thing, Set<UUID> touched) {
        Thing kind = Thing.of(thing.type());
        UUID id = UUID.fromString(thing.id());
        String before = thing.before();
        String is = rows.state(kind, id);
        if (is == null) {
            return "it is gone";
        }
        if (before == null) {
            return started(id, thing);
        }
        if (!same(is, Objects.requireNonNull(thing.after()))) {
            return WENT_ON;
        }
        Set<String> changed = Set.copyOf(JSON.readTree(before).propertyNames());
        int restored = database.sql("update " + kind.table() + " t set " + kind.assignments(changed)
                        + " from jsonb_populate_record(null::" + kind.table()
                        + ", cast(:state as jsonb)) s where t.id = :id")
                .param("state", before)
                .param("id", id)
                .update();
        touched.add(
                kind == Thing.ONBOARDING
                        ? id
                        : UUID.fromString(
                                JSON.readTree(before).path("onboarding_id").asString()));
        return restored == 1 ? null : WENT_ON;
    }

    /** What was started is gone again, with what the facts did to it; not when people have worked on it. */
    private @Nullable String started(UUID id, ChangedThing thing) {
        boolean worked = database.sql("""
                select exists (select from onboarding.event e left join platform.change c on c.id = e.change
                               where e.onboarding_id = :id and e.change is not null and c.undone_by is null
                                 and e.what <> :start)
                    or exists (select from onboarding.letter where onboarding_id = :id)
                """)
                .param("id", id)
                .param("start", Starting.STARTED)
                .query(Boolean.class)
                .single();
        if (worked) {
            return WENT_ON + "; stop it instead";
        }
        return database.sql("delete from onboarding.onboarding where id = :id")
                                .param("id", id)
                                .update()
                        == 1
                ? null
                : thing.id() + " is gone";
    }

    private @Nullable String template(ChangedThing thing) {
        UUID id = UUID.fromString(thing.id());
        int restored;
        if (thing.before() == null) {
            restored = database.sql("""
                    delete from onboarding.template t where t.id = :id and t.number = 1
                      and not exists (select from onboarding.onboarding o where o.template_id = t.id)
                    """).param("id", id).update();
        } else {
            restored = database.sql("""
                    update onboarding.template t set name = s.name, number = s.number, resting = s.resting
                    from jsonb_populate_record(null::onboarding.template, cast(:before as jsonb)) s
                    where t.id = :id
                      and jsonb_build_object('name', t.name, 'number', t.number, 'resting', t.resting) = cast(:after as jsonb)
                    """)
                    .param("before", thing.before())
                    .param("after", thing.after())
                    .param("id", id)
                    .update();
        }
        return restored == 1 ? null : WENT_ON;
    }

    private boolean same(String one, String other) {
        return database.sql("select cast(:one as jsonb) = cast(:other as jsonb)")
                .param("one", one)
                .param("other", other)
                .query(Boolean.class)
                .single();
    }
}
