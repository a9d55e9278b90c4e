package io.perennial.platform.records;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads rows cell by cell: everything that can be said about a row without asking the database for other rows. */
final class Drafts {

    private final RecordType type;
    private final TableShape shape;
    private final Records.Formats formats;

    Drafts(RecordType type, TableShape shape, Records.Formats formats) {
        this.type = type;
        this.shape = shape;
        this.formats = formats;
    }

    List<Draft> read(List<RecordRow> rows) {
        List<Draft> drafts = rows.stream().map(this::read).toList();
        if (type.writer() != null) {
            // The module decides what makes its rows the same: an id may tell facts of one account and day apart only.
            return drafts;
        }
        Map<String, Draft> first = new HashMap<>();
        for (Draft draft : drafts) {
            if (draft.valid() && !draft.externalId.isEmpty()) {
                Draft earlier = first.putIfAbsent(draft.externalId, draft);
                if (earlier != null) {
                    judgeRepetition(earlier, draft);
                }
            }
        }
        return drafts;
    }

    /**
     * The same id twice in one batch: the first row counts. Saying the same again is harmless; saying something else
     * is reported, because nobody knows which one is meant.
     */
    private static void judgeRepetition(Draft earlier, Draft draft) {
        if (earlier.values.equals(draft.values) && earlier.attributes.equals(draft.attributes)) {
            draft.sameAs = earlier;
        } else {
            draft.refuse(
                    "external_id",
                    "duplicate_in_batch",
                    "The same external id stands in row %,d with other values. Keep one of them."
                            .formatted(earlier.row.number()),
                    draft.externalId);
        }
    }

    private Draft read(RecordRow row) {
        Draft draft = new Draft(row);
        try {
            // A type with a writer of its own may identify its rows by other columns.
            boolean unnamed = type.writer() != null && row.externalId().isBlank();
            draft.externalId = unnamed ? "" : Texts.externalId(row.externalId());
        } catch (BadValue e) {
            draft.refuse("external_id", e.code(), e.message(), row.externalId());
        }
        row.values().forEach((name, raw) -> readValue(draft, name, raw));
        row.attributes().forEach((name, raw) -> readAttribute(draft, name, raw));
        // An empty cell takes room away rather than needing it; exports have hundreds of columns that are never filled.
        int filled = (int)
                draft.attributes.values().stream().filter(Objects::nonNull).count();
        if (filled > Limits.ATTRIBUTES) {
            refuseAttributes(draft, filled);
        }
        judgeMoney(draft, draft.values);
        return draft;
    }

    private void readValue(Draft draft, String name, @Nullable Object raw) {
        Column column = type.column(name).orElse(null);
        if (column == null) {
            if (shape.columns().containsKey(name)) {
                draft.refuse(name, "protected_column", "This column cannot be written from outside.", raw);
            } else if (!name.equals("external_id")) {
                readAttribute(draft, name, raw);
            }
            return;
        }
        try {
            Object value = Values.read(column, raw, formats, shape.kind(column.storedIn()));
            if (value == null && column.required()) {
                if (hasAlternative(column)) {
                    return;
                }
                throw new BadValue("required", "Must not be empty.");
            }
            draft.values.put(name, value);
        } catch (BadValue e) {
            draft.refuse(name, e.code(), e.message(), raw);
        }
    }

    /** Whether another column can say the same, as a contract can name the account. */
    private boolean hasAlternative(Column column) {
        return type.columns().stream()
                .anyMatch(other -> other != column && other.storedIn().equals(column.storedIn()));
    }

    private static void readAttribute(Draft draft, String name, @Nullable Object raw) {
        try {
            String key = name.strip();
            if (key.isEmpty()) {
                throw new BadValue("required", "An attribute needs a name.");
            }
            Texts.requireReadable(key, false);
            Texts.requireLength(key, Limits.ATTRIBUTE_NAME_LENGTH);
            draft.attributes.put(key, Values.attribute(raw));
        } catch (BadValue e) {
            draft.refuse(Texts.shown(name), e.code(), e.message(), raw);
        }
    }

    static void refuseAttributes(Draft draft, int count) {
        draft.refuse(
                "attributes",
                "too_many_attributes",
                "A record holds at most %d attributes; this would make %d.".formatted(Limits.ATTRIBUTES, count),
                "");
    }

    /**
     * Decimals fit the currency of the record.
     *
     * @param known values by column name: those of the row, or of the whole record once it was read
     */
    void judgeMoney(Draft draft, Map<String, @Nullable Object> known) {
        Object currency = type.columns().stream()
                .filter(column -> column.type() == ColumnType.CURRENCY)
                .map(column -> known.get(column.name()))
                .filter(code -> code != null)
                .findFirst()
                .orElse(null);
        int scale = currency == null ? Limits.MONEY_SCALE_WITHOUT_CURRENCY : Currencies.decimals(currency.toString());
        for (Column column : type.columns()) {
            if (column.type() == ColumnType.MONEY
                    && known.get(column.name()) instanceof BigDecimal amount
                    && Decimals.decimals(amount)
                            > Math.min(scale, shape.kind(column.storedIn()).scale())) {
                draft.refuse(
                        column.name(),
                        "too_many_decimals",
                        currency == null
                                ? "At most %d decimals.".formatted(scale)
                                : "Amounts in %s have %d decimals at most.".formatted(currency, scale),
                        amount.toPlainString());
            }
        }
    }

    /** What a new record lacks. */
    void judgeNew(Draft draft) {
        Map<String, Boolean> given = new TreeMap<>();
        for (Column column : type.columns()) {
            given.merge(column.storedIn(), draft.values.get(column.name()) != null, Boolean::logicalOr);
        }
        for (Column column : type.columns()) {
            boolean needed = column.required() || shape.needs(column.storedIn());
            if (needed && Boolean.FALSE.equals(given.get(column.storedIn()))) {
                given.put(column.storedIn(), true);
                draft.refuse(column.name(), "required", "A new record needs it.", "");
            }
        }
    }
}
