package io.perennial.platform.records;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Turns external ids into identities: one query per referenced type and batch. */
@Component
class References {

    private final JdbcClient database;
    private final RecordTypes types;
    private final ObjectProvider<AccountKeys> accountKeys;

    References(JdbcClient database, RecordTypes types, ObjectProvider<AccountKeys> accountKeys) {
        this.database = database;
        this.types = types;
        this.accountKeys = accountKeys;
    }

    void resolve(RecordType type, List<Draft> drafts) {
        for (Column column : type.columns()) {
            if (column.type() == ColumnType.REFERENCE) {
                resolve(type, column, drafts);
            }
        }
        inheritAccounts(type, drafts);
        for (Draft draft : drafts) {
            if (draft.valid()) {
                requireAgreement(type, draft);
            }
        }
        refuseLoops(type, drafts);
    }

    private void resolve(RecordType type, Column column, List<Draft> drafts) {
        Set<String> wanted = new LinkedHashSet<>();
        for (Draft draft : drafts) {
            if (draft.values.get(column.name()) instanceof String externalId) {
                wanted.add(externalId);
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        Map<String, UUID> known = known(type, column, wanted);
        boolean toItself = type.name().equals(column.references());
        Map<String, Draft> inBatch = new HashMap<>();
        if (toItself) {
            drafts.forEach(draft -> inBatch.putIfAbsent(draft.externalId, draft));
        }
        for (Draft draft : drafts) {
            if (draft.values.get(column.name()) instanceof String externalId) {
                UUID id = known.get(externalId);
                Draft sibling = id == null ? inBatch.get(externalId) : null;
                if (toItself && externalId.equals(draft.externalId)) {
                    draft.refuse(column.name(), "points_to_itself", "A record cannot belong to itself.", externalId);
                } else if (id != null) {
                    draft.values.put(column.name(), id);
                } else if (sibling != null) {
                    draft.values.put(column.name(), sibling.id);
                    draft.needs.add(sibling);
                } else {
                    refuseUnknown(draft, column, externalId);
                }
            }
        }
    }

    /** A new record that names its contract need not name the account: it is the contract's. */
    private void inheritAccounts(RecordType type, List<Draft> drafts) {
        Column account = type.columns().stream()
                .filter(column -> column.required() && column.storedIn().equals(type.accountColumn()))
                .findFirst()
                .orElse(null);
        List<Draft> without = drafts.stream()
                .filter(draft -> draft.valid() && account != null && !draft.values.containsKey(account.name()))
                .toList();
        if (account == null || without.isEmpty()) {
            return;
        }
        Set<String> known = ids(
                        type.table(),
                        without.stream().map(draft -> draft.externalId).toList())
                .keySet();
        for (Column column : type.columns()) {
            RecordType owner = column.storedIn().equals(type.accountColumn()) ? null : target(column);
            String holds = owner == null ? null : owner.accountColumn();
            if (owner != null && holds != null && !owner.name().equals(type.name())) {
                inherit(
                        without.stream()
                                .filter(draft -> !known.contains(draft.externalId))
                                .toList(),
                        account,
                        column,
                        "select id, " + holds + " from " + owner.table() + " where id = any(:ids)");
            }
        }
    }

    private void inherit(List<Draft> drafts, Column account, Column by, String accounts) {
        UUID[] named = drafts.stream()
                .map(draft -> draft.values.get(by.name()))
                .filter(UUID.class::isInstance)
                .toArray(UUID[]::new);
        if (named.length == 0) {
            return;
        }
        Map<UUID, UUID> owners = new HashMap<>();
        database.sql(accounts).param("ids", named).query(row -> {
            owners.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
        });
        for (Draft draft : drafts) {
            if (draft.values.get(by.name()) instanceof UUID id && owners.get(id) != null) {
                draft.values.putIfAbsent(account.name(), owners.get(id));
            }
        }
    }

    static void refuseUnknown(Draft draft, Column column, Object externalId) {
        draft.refuse(
                column.name(),
                "unknown_reference",
                "There is no record with this external id among the %s.".formatted(column.references()),
                externalId);
    }

    /** Who points to a row of the batch that turned out invalid is invalid too. */
    static void refuseOrphans(RecordType type, List<Draft> drafts) {
        boolean found = true;
        while (found) {
            found = false;
            for (Draft draft : drafts) {
                for (Draft needed : draft.needs) {
                    if (draft.valid() && !needed.valid()) {
                        Column column = type.columns().stream()
                                .filter(c -> needed.id.equals(draft.values.get(c.name())))
                                .findFirst()
                                .orElseThrow();
                        refuseUnknown(draft, column, needed.externalId);
                        found = true;
                    }
                }
            }
        }
    }

    Map<String, UUID> known(RecordType type, Column column, Collection<String> externalIds) {
        if (column.storedIn().equals(type.accountColumn())) {
            for (AccountKeys keys : accountKeys) {
                if (keys.column().equals(column.name())) {
                    return keys.resolve(externalIds);
                }
            }
        }
        RecordType target = target(column);
        if (target == null) {
            return Map.of();
        }
        Map<String, UUID> known = ids(target.table(), externalIds);
        known.putAll(MailNames.find(database, target, externalIds, known));
        return known;
    }

    /** Whether the column names the account in a roundabout way, and so cannot be read back from the table. */
    boolean roundabout(RecordType type, Column column) {
        return column.type() == ColumnType.REFERENCE
                && column.storedIn().equals(type.accountColumn())
                && accountKeys.stream().anyMatch(keys -> keys.column().equals(column.name()));
    }

    @Nullable
    RecordType target(Column column) {
        String name = column.references();
        return name == null ? null : types.named(name).orElse(null);
    }

    Map<String, UUID> ids(String table, Collection<String> externalIds) {
        Map<String, UUID> ids = new HashMap<>();
        database.sql("select external_id, id from " + table + " where external_id = any(cast(:ids as text[]))")
                .param("ids", externalIds.toArray(String[]::new))
                .query(row -> {
                    ids.put(row.getString(1), row.getObject(2, UUID.class));
                });
        return ids;
    }

    /** Columns that are stored in one place must agree; what one of them says, all of them say. */
    private static void requireAgreement(RecordType type, Draft draft) {
        Map<String, Object> stored = new HashMap<>();
        for (Column column : type.columns()) {
            Object value = column.type() == ColumnType.REFERENCE ? draft.values.get(column.name()) : null;
            if (value != null) {
                Object other = stored.putIfAbsent(column.storedIn(), value);
                if (other != null && !other.equals(value)) {
                    draft.refuse(
                            column.name(),
                            "conflicting_reference",
                            "Leads to another record than the columns before it. Keep one of them.",
                            draft.row.values().get(column.name()));
                }
            }
        }
        for (Column column : type.columns()) {
            Object value = stored.get(column.storedIn());
            if (value != null) {
                draft.values.put(column.name(), value);
            }
        }
    }

    /** A parent must not be its own descendant. */
    private void refuseLoops(RecordType type, List<Draft> drafts) {
        for (Column column : type.columns()) {
            if (column.type() == ColumnType.REFERENCE && type.name().equals(column.references())) {
                refuseLoops(type, column, drafts);
            }
        }
    }

    private void refuseLoops(RecordType type, Column column, List<Draft> drafts) {
        List<Draft> pointing = drafts.stream()
                .filter(draft -> draft.valid() && draft.values.get(column.name()) instanceof UUID)
                .toList();
        if (pointing.isEmpty()) {
            return;
        }
        Map<String, UUID> existing =
                ids(type.table(), drafts.stream().map(draft -> draft.externalId).toList());
        Map<UUID, @Nullable UUID> up = ancestors(
                type.table(),
                column.storedIn(),
                pointing.stream()
                        .map(draft -> (UUID) draft.values.get(column.name()))
                        .toList());
        for (Draft draft : drafts) {
            if (draft.valid() && draft.values.containsKey(column.name())) {
                up.put(identity(draft, existing), (UUID) draft.values.get(column.name()));
            }
        }
        for (Draft draft : pointing) {
            UUID self = identity(draft, existing);
            Set<UUID> seen = new HashSet<>();
            Deque<UUID> way = new ArrayDeque<>(List.of((UUID) draft.values.get(column.name())));
            while (!way.isEmpty()) {
                UUID at = way.pop();
                if (at.equals(self)) {
                    draft.refuse(
                            column.name(),
                            "circular_reference",
                            "Leads back to this record: it would be above itself.",
                            draft.row.values().get(column.name()));
                } else if (seen.add(at)) {
                    UUID above = up.get(at);
                    if (above != null) {
                        way.push(above);
                    }
                }
            }
        }
    }

    private static UUID identity(Draft draft, Map<String, UUID> existing) {
        return existing.getOrDefault(draft.externalId, draft.id);
    }

    private Map<UUID, @Nullable UUID> ancestors(String table, String column, List<UUID> from) {
        Map<UUID, @Nullable UUID> up = new HashMap<>();
        database.sql("""
                with recursive up as (
                    select id, %2$s as above from %1$s where id = any(:from)
                    union
                    select t.id, t.%2$s from %1$s t join up on t.id = up.above
                )
                select id, above from up where above is not null
                """.formatted(table, column))
                .param("from", from.toArray(UUID[]::new))
                .query(row -> {
                    up.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                });
        return up;
    }
}
