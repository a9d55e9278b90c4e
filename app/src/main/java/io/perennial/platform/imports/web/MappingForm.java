package io.perennial.platform.imports.web;

import io.perennial.platform.imports.Header;
import io.perennial.platform.imports.ImportView;
import io.perennial.platform.imports.Mapping;
import io.perennial.platform.imports.MappingProblem;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The selects of the mapping page: for each column of the file ({@code column.3}) a field, {@code *attribute},
 * {@code *ignore} or {@code *choose}. Templates and constants that came with a mapping file are kept.
 */
public final class MappingForm {

    public static final String ATTRIBUTE = "*attribute";
    public static final String IGNORE = "*ignore";
    /** A repeated column about which nobody has said anything yet. */
    public static final String CHOOSE = "*choose";

    private MappingForm() {}

    /** What the select of a column shows. */
    public static String chosen(ImportView view, Header header) {
        for (Map.Entry<String, String> entry : view.mapping().columns().entrySet()) {
            if (entry.getValue().strip().equalsIgnoreCase(header.key())) {
                return entry.getKey();
            }
        }
        boolean ignored =
                view.mapping().ignore().contains("*") || view.mapping().ignore().contains(header.key());
        if (ignored) {
            return IGNORE;
        }
        if (!header.repeated()) {
            return ATTRIBUTE;
        }
        boolean open =
                view.questions().stream().anyMatch(question -> question.code().equals("duplicate_header"));
        return open ? CHOOSE : IGNORE;
    }

    /** The field's date pattern as it stands, for the input beside its column. */
    public static String pattern(ImportView view, String field) {
        String own = view.mapping().dates().get(field);
        if (own != null) {
            return own;
        }
        String all = view.mapping().date();
        return all == null ? "" : all;
    }

    static Mapping read(ImportView view, MultiValueMap<String, String> form) {
        Map<String, String> columns = new LinkedHashMap<>();
        view.mapping().columns().forEach((field, expression) -> {
            if (!Mapping.isColumn(expression)) {
                columns.put(field, expression);
            }
        });
        Set<String> ignore = new LinkedHashSet<>();
        Map<String, String> dates = new LinkedHashMap<>(view.mapping().dates());
        for (Header header : view.file().headers()) {
            String target = form.getFirst("column." + header.index());
            if (target == null || target.equals(IGNORE)) {
                ignore.add(header.key());
            } else if (!target.equals(ATTRIBUTE) && !target.equals(CHOOSE)) {
                String other = columns.put(target, header.key());
                if (other != null && Mapping.isColumn(other)) {
                    throw new MappingProblem(
                            "mapped_twice",
                            "The columns " + other + " and " + header.key() + " are both " + target
                                    + ". Choose one of them.");
                }
                readPattern(form, target, dates);
            }
        }
        dates.keySet().retainAll(columns.keySet());
        return new Mapping(
                columns,
                ignore,
                null,
                dates,
                blankToNull(form.getFirst("decimal")),
                blankToNull(form.getFirst("zone")),
                view.mapping().constants(),
                view.mapping().values(),
                view.mapping().rows());
    }

    private static void readPattern(MultiValueMap<String, String> form, String field, Map<String, String> dates) {
        String pattern = blankToNull(form.getFirst("date." + field));
        if (pattern != null) {
            dates.put(field, pattern);
        } else if (form.containsKey("date." + field)) {
            dates.remove(field);
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
