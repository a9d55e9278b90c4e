package io.perennial.platform.records;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param records values by public name, in the order of documentation
 * @param next cursor of the page behind, null at the end
 */
public record RecordPage(
        List<Map<String, @Nullable Object>> records,
        @Nullable String next) {}
