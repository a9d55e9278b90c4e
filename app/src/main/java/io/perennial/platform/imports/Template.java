package io.perennial.platform.imports;

import io.perennial.platform.exports.FormulaGuard;
import io.perennial.platform.records.Currencies;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts a value together from columns of the file: a column's name alone, or text with {@code {column}} in it;
 * {@code {column:lower}} folds its case, {@code {column:or none}} has a word for empty cells, {@code {amount:cents currency}} is an amount in the smallest unit of the currency that
 * the other column names.
 */
final class Template {

    private static final Pattern HOLE = Pattern.compile("\\{([^{}]+)}");
    private static final String LOWER = ":lower";
    private static final Pattern OTHERWISE = Pattern.compile("(.+):or (.+)");
    private static final Pattern CENTS = Pattern.compile("(.+):cents (.+)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,12})?");

    /**
     * @param text between columns; of a column what stands for an empty cell
     * @param currency column that says in which currency the amount is; -1 when it is no amount in cents
     */
    private record Part(String text, int column, boolean lower, int currency) {}

    private final List<Part> parts = new ArrayList<>();

    /** @throws MappingProblem when it names a column that the file does not have */
    Template(String expression, Inspection file) {
        Matcher hole = HOLE.matcher(expression);
        int end = 0;
        boolean any = false;
        while (hole.find()) {
            any = true;
            literal(expression.substring(end, hole.start()));
            hole(hole.group(1), file);
            end = hole.end();
        }
        if (any) {
            literal(expression.substring(end));
        } else {
            column(expression, false, file);
        }
    }

    private void hole(String said, Inspection file) {
        Matcher cents = CENTS.matcher(said);
        if (cents.matches()) {
            int currency = header(cents.group(2), file).index();
            parts.add(new Part("", header(cents.group(1), file).index(), false, currency));
            return;
        }
        Matcher otherwise = OTHERWISE.matcher(said);
        if (otherwise.matches()) {
            parts.add(new Part(
                    otherwise.group(2), header(otherwise.group(1), file).index(), false, -1));
        } else {
            boolean lower = said.endsWith(LOWER);
            column(lower ? said.substring(0, said.length() - LOWER.length()) : said, lower, file);
        }
    }

    private void literal(String text) {
        if (!text.isEmpty()) {
            parts.add(new Part(text, -1, false, -1));
        }
    }

    private void column(String name, boolean lower, Inspection file) {
        parts.add(new Part("", header(name, file).index(), lower, -1));
    }

    /** @throws MappingProblem when the file does not have it */
    static Header header(String name, Inspection file) {
        return file.header(name).orElseThrow(() -> unknown(name, file));
    }

    /** Keys of the columns that an expression reads. */
    static Set<String> keys(String expression) {
        Set<String> keys = new HashSet<>();
        Matcher hole = HOLE.matcher(expression);
        while (hole.find()) {
            String name = hole.group(1);
            Matcher cents = CENTS.matcher(name);
            Matcher otherwise = OTHERWISE.matcher(name);
            if (cents.matches()) {
                keys.add(Header.fold(cents.group(1)));
                keys.add(Header.fold(cents.group(2)));
            } else if (otherwise.matches()) {
                keys.add(Header.fold(otherwise.group(1)));
            } else {
                keys.add(Header.fold(name.endsWith(LOWER) ? name.substring(0, name.length() - LOWER.length()) : name));
            }
        }
        return keys.isEmpty() ? Set.of(Header.fold(expression)) : keys;
    }

    private static MappingProblem unknown(String name, Inspection file) {
        boolean repeated = file.headers().stream()
                .anyMatch(header -> header.repeated() && header.key().startsWith(Header.fold(name) + "#"));
        if (repeated) {
            return new MappingProblem(
                    "duplicate_header",
                    "The file has the column " + name + " more than once: name it as " + name + "#1 or " + name
                            + "#2.");
        }
        return new MappingProblem(
                "unknown_column",
                "The file has no column " + name + "; it has "
                        + String.join(
                                ", ",
                                file.headers().stream()
                                        .map(Header::key)
                                        .limit(30)
                                        .toList()) + ".");
    }

    /** @return null when a column that it needs is empty, because half an identifier is none */
    @Nullable
    String fill(List<String> cells) {
        if (parts.size() == 1) {
            return piece(parts.get(0), cells);
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            String piece = part.column() < 0 ? part.text() : piece(part, cells);
            if (piece == null) {
                return null;
            }
            text.append(piece);
        }
        return text.toString();
    }

    private static @Nullable String piece(Part part, List<String> cells) {
        String cell = FormulaGuard.remove(cells.get(part.column()));
        if (cell.isEmpty()) {
            return part.text().isEmpty() ? null : part.text();
        }
        if (part.currency() >= 0) {
            return amount(cell, cells.get(part.currency()).strip());
        }
        return part.lower() ? cell.toLowerCase(Locale.ROOT) : cell;
    }

    /** What cannot be read stays as it is with its currency behind, and so is refused as no number. */
    private static @Nullable String amount(String cents, String currency) {
        if (currency.isEmpty()) {
            return null;
        }
        OptionalInt decimals = Currencies.decimalsOf(currency);
        return decimals.isPresent() && NUMBER.matcher(cents).matches()
                ? new BigDecimal(cents).movePointLeft(decimals.getAsInt()).toPlainString()
                : cents + " " + currency;
    }
}
