package io.perennial.platform.records;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.platform.records.StandardTable.Existing;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes valid drafts of one conventional type: compares, then inserts and updates what differs. */
final class StandardWriter {

    private final RecordType type;
    private final TableShape shape;
    private final StandardTable table;
    private final Drafts rules;
    private final Refusals refusals;
    private final Instant now;
    private final List<ChangedThing> things = new ArrayList<>();
    private final Set<AccountId> accounts = new HashSet<>();

    StandardWriter(
            RecordType type, TableShape shape, JdbcClient database, Drafts rules, Refusals refusals, Instant now) {
        this.type = type;
        this.shape = shape;
        this.table = new StandardTable(database, type);
        this.rules = rules;
        this.refusals = refusals;
        this.now = now;
    }

    /** Somebody else wrote one of the rows between our comparison and our write: compare again. */
    static final class LostRace extends ConcurrencyFailureException {
        LostRace() {
            super("records were written at the same time by somebody else");
        }
    }

    void write(List<Draft> all) {
        List<Draft> drafts = all.stream().filter(Draft::valid).toList();
        Map<Draft, ObjectNode> items = new LinkedHashMap<>();
        drafts.forEach(draft -> items.put(draft, item(draft)));
        ArrayNode sent = Json.array();
        items.values().forEach(sent::add);
        Map<String, Existing> existing = table.compare(sent);
        List<Draft> created = new ArrayList<>();
        List<Draft> updated = new ArrayList<>();
        for (Draft draft : drafts) {
            Existing found = existing.get(draft.externalId);
            if (found == null) {
                rules.judgeNew(draft);
                created.add(draft);
            } else {
                draft.id = found.id();
                if (found.after() != null) {
                    judgeMerged(draft, found.after());
                    updated.add(draft);
                }
            }
        }
        References.refuseOrphans(type, drafts);
        update(updated.stream().filter(Draft::valid).toList(), existing, items);
        insert(created.stream().filter(Draft::valid).toList(), items);
    }

    List<ChangedThing> things() {
        return things;
    }

    Set<AccountId> accounts() {
        return accounts;
    }

    private ObjectNode item(Draft draft) {
        ObjectNode item = Json.object();
        item.put("external_id", draft.externalId);
        for (Column column : type.columns()) {
            if (draft.values.containsKey(column.name())) {
                JsonNode value = stored(column, draft.values.get(column.name()));
                if (!value.isNull() || !item.has(column.storedIn())) {
                    item.set(column.storedIn(), value);
                }
            }
        }
        if (!draft.attributes.isEmpty()) {
            ObjectNode attributes = item.putObject("attributes");
            draft.attributes.forEach((name, value) -> attributes.set(name, Json.node(value)));
        }
        return item;
    }

    /** A column that takes no null goes back to its default when it is cleared. */
    private JsonNode stored(Column column, @Nullable Object value) {
        TableShape.Stored stored = shape.columns().get(column.storedIn());
        String fallback = value != null || stored == null || !stored.notNull() ? null : stored.fallback();
        return fallback == null ? Json.node(value) : Json.MAPPER.readTree(fallback);
    }

    private void judgeMerged(Draft draft, ObjectNode after) {
        int attributes = after.path("attributes").size();
        if (!draft.attributes.isEmpty() && attributes > Limits.ATTRIBUTES) {
            Drafts.refuseAttributes(draft, attributes);
        }
        Map<String, @Nullable Object> known = new HashMap<>();
        for (Column column : type.columns()) {
            JsonNode value = after.path(column.storedIn());
            if (draft.values.get(column.name()) instanceof BigDecimal given) {
                known.put(column.name(), given);
            } else if (value.isNumber()) {
                known.put(column.name(), value.decimalValue());
            } else if (value.isString()) {
                known.put(column.name(), value.stringValue());
            }
        }
        rules.judgeMoney(draft, known);
    }

    private void update(List<Draft> drafts, Map<String, Existing> existing, Map<Draft, ObjectNode> items) {
        if (drafts.isEmpty()) {
            return;
        }
        Map<UUID, Integer> versions = table.lock(drafts.stream().map(d -> d.id).collect(Collectors.toSet()));
        for (Draft draft : drafts) {
            Existing compared = found(existing, draft);
            Integer version = versions.get(draft.id);
            if (version == null || version != compared.version()) {
                throw new LostRace();
            }
            item(items, draft).put("id", draft.id.toString());
        }
        refusals.apply(drafts, some -> table.update(array(some, items), now), StandardWriter::refuse);
        for (Draft draft : drafts) {
            if (draft.valid()) {
                Existing compared = found(existing, draft);
                ObjectNode before = Objects.requireNonNull(compared.before());
                ObjectNode after = Objects.requireNonNull(compared.after());
                Differences differences = Differences.between(before, after, table.stored());
                AccountId moved = account(before, draft.id);
                AccountId account = account(after, draft.id);
                if (moved != null) {
                    accounts.add(moved);
                }
                done(
                        draft,
                        Result.UPDATED,
                        account,
                        differences.before().toString(),
                        differences.after().toString());
            }
        }
    }

    private void insert(List<Draft> drafts, Map<Draft, ObjectNode> items) {
        if (drafts.isEmpty()) {
            return;
        }
        List<Draft> parentsFirst = drafts.stream()
                .sorted(Comparator.comparingInt(Draft::depth).thenComparing(draft -> draft.externalId))
                .toList();
        Set<UUID> inserted = new HashSet<>();
        parentsFirst.forEach(draft -> complete(item(items, draft), draft));
        refusals.apply(
                parentsFirst, some -> inserted.addAll(table.insert(array(some, items), now)), StandardWriter::refuse);
        for (Draft draft : drafts) {
            if (draft.valid()) {
                if (!inserted.contains(draft.id)) {
                    throw new LostRace();
                }
                ObjectNode after = item(items, draft);
                AccountId account = account(after, draft.id);
                after.remove("id");
                done(draft, Result.CREATED, account, null, after.toString());
            }
        }
    }

    /** A new row gets the table's defaults where nothing was said. */
    private void complete(ObjectNode item, Draft draft) {
        item.put("id", draft.id.toString());
        for (String column : table.stored()) {
            TableShape.Stored stored = shape.columns().get(column);
            if (!item.has(column) && stored != null && stored.fallback() != null) {
                item.set(column, Json.MAPPER.readTree(stored.fallback()));
            }
        }
        ObjectNode attributes = Json.object();
        item.path("attributes").forEachEntry((name, value) -> {
            if (!value.isNull()) {
                attributes.set(name, value);
            }
        });
        item.set("attributes", attributes);
    }

    private void done(Draft draft, Result result, @Nullable AccountId account, @Nullable String before, String after) {
        draft.result = result;
        if (account != null) {
            accounts.add(account);
        }
        things.add(new ChangedThing(type.name(), draft.id.toString(), account, before, after));
    }

    private @Nullable AccountId account(ObjectNode record, UUID id) {
        String column = type.accountColumn();
        if (column == null) {
            return null;
        }
        if (column.equals("id")) {
            return new AccountId(id);
        }
        JsonNode account = record.path(column);
        return account.isString() ? new AccountId(UUID.fromString(account.stringValue())) : null;
    }

    private static void refuse(Draft draft, BadValue reason) {
        draft.refuse("", reason.code(), reason.message(), draft.externalId);
    }

    private static ArrayNode array(List<Draft> drafts, Map<Draft, ObjectNode> items) {
        ArrayNode array = Json.array();
        drafts.forEach(draft -> array.add(item(items, draft)));
        return array;
    }

    private static ObjectNode item(Map<Draft, ObjectNode> items, Draft draft) {
        return Objects.requireNonNull(items.get(draft));
    }

    private static Existing found(Map<String, Existing> existing, Draft draft) {
        return Objects.requireNonNull(existing.get(draft.externalId));
    }
}
