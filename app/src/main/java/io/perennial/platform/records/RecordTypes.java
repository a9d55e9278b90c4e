package io.perennial.platform.records;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The types that the modules declared, checked at start. */
@Component
class RecordTypes {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");
    private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*");

    private final Map<String, RecordType> byName = new LinkedHashMap<>();

    RecordTypes(ObjectProvider<RecordType> declared) {
        declared.orderedStream().sorted((a, b) -> a.name().compareTo(b.name())).forEach(type -> {
            require(type);
            if (byName.put(type.name(), type) != null) {
                throw new IllegalStateException("Two record types are named " + type.name());
            }
        });
    }

    List<RecordType> all() {
        return List.copyOf(byName.values());
    }

    Optional<RecordType> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Names become part of SQL: nothing but plain identifiers. */
    private static void require(RecordType type) {
        boolean plain = NAME.matcher(type.name()).matches()
                && TABLE.matcher(type.table()).matches()
                && (type.accountColumn() == null
                        || COLUMN.matcher(type.accountColumn()).matches())
                && type.columns().stream()
                        .allMatch(column -> COLUMN.matcher(column.name()).matches()
                                && COLUMN.matcher(column.storedIn()).matches());
        if (!plain) {
            throw new IllegalStateException("Record type " + type.name()
                    + " uses a name that is not a plain lower-case identifier in its table or columns");
        }
        if (type.columns().stream().map(Column::name).distinct().count()
                != type.columns().size()) {
            throw new IllegalStateException("Record type " + type.name() + " declares a column twice");
        }
    }
}
