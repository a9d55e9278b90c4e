package io.perennial.platform.records;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes back what was written through {@link Records}: old values return, new records go when nothing needs them. */
@Component
class RecordUndo implements Undoable {

    private final RecordTypes types;
    private final TableShapes shapes;
    private final JdbcClient database;
    private final Refusals refusals;
    private final Clock clock;
    private final ObjectProvider<RecordListener> listeners;

    RecordUndo(
            RecordTypes types,
            TableShapes shapes,
            JdbcClient database,
            Refusals refusals,
            Clock clock,
            ObjectProvider<RecordListener> listeners) {
        this.types = types;
        this.shapes = shapes;
        this.database = database;
        this.refusals = refusals;
        this.clock = clock;
        this.listeners = listeners;
    }

    @Override
    public String kind() {
        return "records";
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        List<String> leftAlone = new ArrayList<>();
        int restored = 0;
        // Newest first: a record that one change touched twice goes back the way it came.
        Map<String, List<ChangedThing>> byType = things.reversed().stream()
                .collect(Collectors.groupingBy(ChangedThing::type, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<ChangedThing>> entry : byType.entrySet()) {
            RecordType type = types.named(entry.getKey()).orElse(null);
            if (type == null) {
                leftAlone.add(
                        "%d %s: no longer known".formatted(entry.getValue().size(), entry.getKey()));
            } else {
                for (List<ChangedThing> round : onceEach(entry.getValue())) {
                    restored += undo(type, round, leftAlone);
                }
            }
        }
        return new UndoResult(restored, leftAlone);
    }

    /** Rounds in which no record comes twice. */
    private static List<List<ChangedThing>> onceEach(List<ChangedThing> things) {
        List<List<ChangedThing>> rounds = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (ChangedThing thing : things) {
            int round = seen.merge(thing.id(), 1, Integer::sum) - 1;
            while (rounds.size() <= round) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(thing);
        }
        return rounds;
    }

    private int undo(RecordType type, List<ChangedThing> things, List<String> leftAlone) {
        StandardTable table = new StandardTable(database, type);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<UUID, ChangedThing> changed = new LinkedHashMap<>();
        Map<UUID, ChangedThing> created = new LinkedHashMap<>();
        things.forEach(thing -> (thing.before() == null ? created : changed).put(id(thing), thing));
        Set<UUID> ids = things.stream().map(RecordUndo::id).collect(Collectors.toSet());
        Set<UUID> present = table.lock(ids).keySet();

        Set<UUID> untouched = new HashSet<>(table.stillEqual(items(changed.values(), table, false), false));
        untouched.addAll(table.stillEqual(items(created.values(), table, true), true));
        for (ChangedThing thing : things) {
            if (!untouched.contains(id(thing))) {
                leftAlone.add(named(type, thing)
                        + (present.contains(id(thing)) ? " was changed again since" : " is gone already"));
            }
        }

        Set<UUID> done = new HashSet<>();
        List<UUID> back = changed.keySet().stream().filter(untouched::contains).toList();
        refusals.apply(
                back,
                some -> table.update(earlier(some, changed), now),
                (id, reason) -> leftAlone.add(named(type, thing(changed, id)) + ": " + reason.message()));
        done.addAll(back);
        List<UUID> gone = withoutDependents(
                type, created.keySet().stream().filter(untouched::contains).toList(), created, leftAlone);
        Set<UUID> kept = new HashSet<>();
        refusals.apply(gone, table::delete, (id, reason) -> {
            kept.add(id);
            leftAlone.add(named(type, thing(created, id)) + " is in use by other records");
        });
        Set<UUID> deleted = new HashSet<>(gone);
        deleted.removeAll(kept);
        done.addAll(deleted);
        tell(type, things, done, deleted);
        return done.size();
    }

    /** The undone side of each thing: what must still be true. */
    private static ArrayNode items(Collection<ChangedThing> things, StandardTable table, boolean whole) {
        ArrayNode items = Json.array();
        for (ChangedThing thing : things) {
            ObjectNode item = thing.after() == null ? Json.object() : Json.parse(thing.after());
            if (whole) {
                table.stored().stream().filter(name -> !item.has(name)).forEach(item::putNull);
            }
            items.add(item.put("id", thing.id()));
        }
        return items;
    }

    private static ArrayNode earlier(List<UUID> ids, Map<UUID, ChangedThing> changed) {
        ArrayNode items = Json.array();
        for (UUID id : ids) {
            String before = thing(changed, id).before();
            items.add((before == null ? Json.object() : Json.parse(before)).put("id", id.toString()));
        }
        return items;
    }

    /** Records that others point to stay, unless those others go too. */
    private List<UUID> withoutDependents(
            RecordType type, List<UUID> ids, Map<UUID, ChangedThing> created, List<String> leftAlone) {
        Set<UUID> going = new LinkedHashSet<>(ids);
        boolean found = !going.isEmpty();
        while (found) {
            found = false;
            for (RecordType other : types.all()) {
                for (Column column : other.columns()) {
                    if (type.name().equals(column.references())
                            && shapes.of(other).columns().containsKey("id")) {
                        for (UUID needed :
                                needed(other, column, going, other.table().equals(type.table()))) {
                            going.remove(needed);
                            leftAlone.add(named(type, thing(created, needed)) + " is in use by " + other.name());
                            found = true;
                        }
                    }
                }
            }
        }
        return List.copyOf(going);
    }

    private List<UUID> needed(RecordType other, Column column, Set<UUID> going, boolean sameTable) {
        if (!shapes.of(other).columns().containsKey(column.storedIn())) {
            return List.of();
        }
        List<UUID> needed = new ArrayList<>();
        String others = sameTable ? " and not id = any(:ids)" : "";
        database.sql("select distinct %1$s from %2$s where %1$s = any(:ids)%3$s"
                        .formatted(column.storedIn(), other.table(), others))
                .param("ids", going.toArray(UUID[]::new))
                .query(row -> {
                    needed.add(row.getObject(1, UUID.class));
                });
        return needed;
    }

    private void tell(RecordType type, List<ChangedThing> things, Set<UUID> done, Set<UUID> deleted) {
        if (done.isEmpty()) {
            return;
        }
        Set<AccountId> accounts = new HashSet<>();
        for (ChangedThing thing : things) {
            AccountId account = thing.account();
            if (account != null && done.contains(id(thing)) && !deleted.contains(account.value())) {
                accounts.add(account);
            }
        }
        listeners.orderedStream().forEach(listener -> listener.written(type, done, accounts));
    }

    private static ChangedThing thing(Map<UUID, ChangedThing> things, UUID id) {
        return Objects.requireNonNull(things.get(id));
    }

    private static UUID id(ChangedThing thing) {
        return UUID.fromString(thing.id());
    }

    private static String named(RecordType type, ChangedThing thing) {
        String content = thing.before() == null ? thing.after() : null;
        String externalId = content == null
                ? thing.id()
                : Json.parse(content).path("external_id").asString(thing.id());
        return type.title() + " " + externalId;
    }
}
