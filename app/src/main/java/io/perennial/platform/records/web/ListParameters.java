package io.perennial.platform.records.web;

import io.perennial.platform.records.Limits;
import io.perennial.platform.records.RecordQuery;
import io.perennial.platform.records.RecordType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Query parameters of a list; what is not one of ours is a filter on a column. */
final class ListParameters {

    private static final Set<String> OURS = Set.of("limit", "cursor", "sort", "fields", "updated_since");

    private ListParameters() {}

    static RecordQuery query(RecordType type, HttpServletRequest request) {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (OURS.contains(name)) {
                if (values.length > 1) {
                    throw new RecordQuery.Refused(name, "given_twice", "Give this parameter once.", values[1]);
                }
            } else {
                filters.put(name, List.of(values));
            }
        });
        String sort = request.getParameter("sort");
        String fields = request.getParameter("fields");
        return new RecordQuery(
                type,
                filters,
                since(request.getParameter("updated_since")),
                sort == null || sort.isBlank() ? "external_id" : sort,
                fields == null || fields.isBlank() ? List.of() : List.of(fields.split(",")),
                request.getParameter("cursor"),
                limit(request.getParameter("limit")));
    }

    private static int limit(@Nullable String raw) {
        if (raw == null) {
            return Limits.PAGE_DEFAULT;
        }
        if (raw.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(raw);
            if (limit >= 1 && limit <= Limits.PAGE) {
                return limit;
            }
        }
        throw new RecordQuery.Refused(
                "limit", "out_of_range", "Must be a whole number from 1 to " + Limits.PAGE + ".", raw);
    }

    private static @Nullable Instant since(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        try {
            // A plus that nobody encoded arrives as a blank.
            return OffsetDateTime.parse(raw.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw new RecordQuery.Refused("updated_since", "not_a_time", "Write it as 2026-03-31T14:05:00Z.", raw);
        }
    }
}
