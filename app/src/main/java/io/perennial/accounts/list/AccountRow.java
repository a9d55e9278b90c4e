package io.perennial.accounts.list;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the accounts table.
 *
 * @param values by column key, as the database holds them
 * @param spark 13 weekly scores, oldest first; empty when there is no history
 */
public record AccountRow(UUID id, Map<String, @Nullable Object> values, short[] spark) {

    public @Nullable Object value(ListColumn column) {
        return values.get(column.key());
    }

    public String text(ListColumn column) {
        Object value = value(column);
        return value == null ? "" : value.toString();
    }

    public @Nullable BigDecimal number(ListColumn column) {
        return value(column) instanceof Number number ? new BigDecimal(number.toString()) : null;
    }

    public @Nullable LocalDate date(ListColumn column) {
        return value(column) instanceof Date date ? date.toLocalDate() : null;
    }
}
