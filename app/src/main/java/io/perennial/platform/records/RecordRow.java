package io.perennial.platform.records;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as it arrived. Partial: a column that is absent keeps its value, a null clears it.
 *
 * @param number position for messages: line of the file or index of the item
 * @param externalId the company's own identifier
 * @param values by column name; strings from CSV, JSON values from REST
 * @param attributes what no column knows, merged into the record's attributes
 */
public record RecordRow(
        long number,
        String externalId,
        Map<String, @Nullable Object> values,
        Map<String, @Nullable Object> attributes) {}
