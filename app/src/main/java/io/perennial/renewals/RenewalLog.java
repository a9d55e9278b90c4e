package io.perennial.renewals;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.shared.AccountId;
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
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What happened to renewals, in words; each change can be undone as long as nobody went on with it. */
@Component
public class RenewalLog {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int SHOWN = 100;

    private final JdbcClient database;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    RenewalLog(JdbcClient database, Audit audit, Live live, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** @param change by which it can be undone */
    public record Entry(
            Instant at, String what, String actor, @Nullable UUID change) {}

    /** Rows that a change is about to touch. */
    record Row(Thing thing, UUID id) {}

    /**
     * Runs a change and writes down what it changed.
     *
     * @param what in the past, such as "confirmed Eva Lie"
     * @return the change, for undo; null when nothing changed
     */
    @Nullable
    UUID changed(Renewal renewal, String what, List<Row> rows, Actor actor, Runnable change) {
        Map<Row, String> before = new LinkedHashMap<>();
        rows.forEach(row -> before.put(row, Objects.requireNonNullElse(state(row.thing(), row.id()), "")));
        change.run();
        List<ChangedThing> things = new ArrayList<>();
        before.forEach((row, was) -> {
            String is = state(row.thing(), row.id());
            if (!was.equals(Objects.requireNonNullElse(is, ""))) {
                things.add(thing(row, renewal.account(), was, is));
            }
        });
        if (things.isEmpty()) {
            return null;
        }
        UUID id = audit.record(
                actor, RenewalUndo.KIND, "Renewal of %s: %s".formatted(renewal.accountName(), what), things);
        write(renewal.id(), what, actor, id);
        return id;
    }

    /** Of a row that stays only what changed: who goes on with something else of it is not in the way of undo. */
    private static ChangedThing thing(Row row, AccountId account, String was, @Nullable String is) {
        if (was.isEmpty() || is == null) {
            return new ChangedThing(row.thing().type(), row.id().toString(), account, was.isEmpty() ? null : was, is);
        }
        ObjectNode before = (ObjectNode) JSON.readTree(was);
        ObjectNode after = (ObjectNode) JSON.readTree(is);
        List<String> same = before.propertyNames().stream()
                .filter(name -> !name.equals("renewal_id") && before.path(name).equals(after.path(name)))
                .toList();
        before.remove(same);
        after.remove(same);
        return new ChangedThing(
                row.thing().type(),
                row.id().toString(),
                account,
                JSON.writeValueAsString(before),
                JSON.writeValueAsString(after));
    }

    void write(UUID renewal, String what, Actor actor, @Nullable UUID change) {
        database.sql("""
                insert into renewals.event (renewal_id, at, what, actor, change)
                values (:renewal, :at, :what, :actor, cast(:change as uuid))
                """)
                .param("renewal", renewal)
                .param("at", Timestamp.from(clock.instant()))
                .param("what", what)
                .param("actor", actor.name())
                .param("change", change)
                .update();
        database.sql("update renewals.renewal set version = version + 1 where id = :id")
                .param("id", renewal)
                .update();
        live.changed("renewal:" + renewal);
        live.changed("renewals");
    }

    /** Latest first. What was undone already cannot be undone again. */
    public List<Entry> of(UUID renewal) {
        return database.sql("""
                select e.at, e.what, e.actor, case when c.id is not null and c.undone_by is null then e.change end as change
                from renewals.event e left join platform.change c on c.id = e.change
                where e.renewal_id = :renewal order by e.n desc limit :most
                """)
                .param("renewal", renewal)
                .param("most", SHOWN)
                .query((row, number) -> new Entry(
                        row.getTimestamp("at").toInstant(),
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

    /** Which renewal a change of a row was about; null when the renewal is gone. */
    @Nullable
    UUID renewalOf(ChangedThing thing) {
        if (Thing.of(thing.type()) == Thing.RENEWAL) {
            return UUID.fromString(thing.id());
        }
        return database.sql("select (coalesce(cast(:after as jsonb), cast(:before as jsonb)) ->> 'renewal_id')::uuid")
                .param("after", thing.after())
                .param("before", thing.before())
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    /** Whether the row says what it said after the change; with null: whether there is none. */
    boolean unchanged(Thing thing, UUID id, @Nullable String after) {
        return database.sql(
                        "select case when cast(:after as jsonb) is null then not exists (select from " + thing.table()
                                + " where id = :id) else exists (select from " + thing.table()
                                + " t where t.id = :id and to_jsonb(t) @> cast(:after as jsonb)) end")
                .param("id", id)
                .param("after", after)
                .query(Boolean.class)
                .single();
    }
}
