package io.perennial.renewals;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedRows;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Chronicle;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.util.List;
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

    private final JdbcClient database;
    private final Chronicle chronicle;
    private final ChangedRows rows;
    private final Audit audit;
    private final Live live;

    RenewalLog(JdbcClient database, ChangedRows rows, Audit audit, Live live, Clock clock) {
        this.database = database;
        this.chronicle = new Chronicle(database, clock, "renewals.event", "renewal_id");
        this.rows = rows;
        this.audit = audit;
        this.live = live;
    }

    /**
     * Runs a change and writes down what it changed.
     *
     * @param what in the past, such as "confirmed Eva Lie"
     * @return the change, for undo; null when nothing changed
     */
    @Nullable
    UUID changed(Renewal renewal, String what, List<Row> rows, Actor actor, Runnable change) {
        List<ChangedThing> things = this.rows.changed(rows, renewal.account(), change).stream()
                .map(RenewalLog::withoutTheSame)
                .toList();
        if (things.isEmpty()) {
            return null;
        }
        UUID id = audit.record(
                actor, RenewalUndo.KIND, "Renewal of %s: %s".formatted(renewal.accountName(), what), things);
        write(renewal.id(), what, actor, id);
        return id;
    }

    /** Of a row that stays only what changed: who goes on with something else of it is not in the way of undo. */
    private static ChangedThing withoutTheSame(ChangedThing thing) {
        if (thing.before() == null || thing.after() == null) {
            return thing;
        }
        ObjectNode before = (ObjectNode) JSON.readTree(thing.before());
        ObjectNode after = (ObjectNode) JSON.readTree(thing.after());
        List<String> same = before.propertyNames().stream()
                .filter(name -> !name.equals("renewal_id") && before.path(name).equals(after.path(name)))
                .toList();
        before.remove(same);
        after.remove(same);
        return new ChangedThing(
                thing.type(),
                thing.id(),
                thing.account(),
                JSON.writeValueAsString(before),
                JSON.writeValueAsString(after));
    }

    void write(UUID renewal, String what, Actor actor, @Nullable UUID change) {
        chronicle.write(renewal, what, actor, change);
        database.sql("update renewals.renewal set version = version + 1 where id = :id")
                .param("id", renewal)
                .update();
        live.changed("renewal:" + renewal);
        live.changed("renewals");
    }

    public List<Chronicle.Entry> of(UUID renewal) {
        return chronicle.of(renewal);
    }

    boolean isThere(UUID renewal) {
        return rows.state(Thing.RENEWAL, renewal) != null;
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
