package io.perennial.platform.records;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what arrived into what a column holds; the one place that knows every {@link ColumnType}. */
final class Values {

    private static final Map<String, String> ZONES =
            ZoneId.getAvailableZoneIds().stream().collect(Collectors.toMap(Values::fold, zone -> zone, (a, b) -> a));

    private Values() {}

    /**
     * @return String, Long, BigDecimal, LocalDate, Instant, Boolean or List of String; for a reference the external id
     *     as text; null when nothing was written
     */
    static @Nullable Object read(Column column, @Nullable Object raw, Records.Formats formats, TableShape.Kind stored)
            throws BadValue {
        if (raw == null || (raw instanceof String text && text.isBlank())) {
            return null;
        }
        return switch (column.type()) {
            case TEXT -> Texts.text(requireText(raw), column.maxLength());
            case EMAIL -> Texts.email(requireText(raw));
            case INTEGER -> integer(raw, formats, stored);
            case DECIMAL -> decimal(raw, formats, stored);
            case MONEY -> money(raw, formats);
            case DATE -> Dates.day(raw, formats);
            case INSTANT -> Dates.instant(raw, formats);
            case BOOLEAN -> bool(raw);
            case CURRENCY -> Currencies.code(requireText(raw));
            case CHOICE -> choice(column, requireText(raw));
            case TEXT_LIST -> texts(raw, column.maxLength());
            case ZONE -> zone(requireText(raw));
            case REFERENCE -> Texts.externalId(id(raw));
        };
    }

    /** External ids are often numbers in the system they come from. */
    static String id(Object raw) throws BadValue {
        return raw instanceof Integer || raw instanceof Long || raw instanceof BigInteger
                ? raw.toString()
                : requireText(raw);
    }

    /** Attributes keep their JSON type: text, number or boolean; null removes. */
    static @Nullable Object attribute(@Nullable Object raw) throws BadValue {
        return switch (raw) {
            case null -> null;
            case Boolean yes -> yes;
            case String text -> Texts.text(text, Limits.ATTRIBUTE_VALUE_LENGTH);
            case BigDecimal number -> {
                Decimals.requireBounds(number, Limits.DECIMAL_WHOLE_DIGITS, Limits.DECIMAL_SCALE);
                yield number;
            }
            case Number number -> attribute(Decimals.decimal(number, '.'));
            default -> throw new BadValue("wrong_type", "An attribute is a text, a number, true or false.");
        };
    }

    static String fold(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    private static String requireText(Object raw) throws BadValue {
        if (raw instanceof String text) {
            return text;
        }
        throw new BadValue("wrong_type", "Must be a text.");
    }

    private static Long integer(Object raw, Records.Formats formats, TableShape.Kind stored) throws BadValue {
        BigDecimal number = Decimals.decimal(raw, formats.decimalMark());
        if (Decimals.wholeDigits(number) > 19
                || number.compareTo(BigDecimal.valueOf(stored.min())) < 0
                || number.compareTo(BigDecimal.valueOf(stored.max())) > 0) {
            throw new BadValue("out_of_range", "Must lie between %,d and %,d.".formatted(stored.min(), stored.max()));
        }
        if (Decimals.decimals(number) > 0) {
            throw new BadValue("not_a_whole_number", "Must be a whole number.");
        }
        return number.longValueExact();
    }

    private static BigDecimal decimal(Object raw, Records.Formats formats, TableShape.Kind stored) throws BadValue {
        BigDecimal number = Decimals.decimal(raw, formats.decimalMark());
        Decimals.requireBounds(number, stored.wholeDigits(), stored.scale());
        return number;
    }

    /** Decimals depend on the row's currency and are judged with the whole record. */
    private static BigDecimal money(Object raw, Records.Formats formats) throws BadValue {
        BigDecimal amount = Decimals.decimal(raw, formats.decimalMark());
        Decimals.requireBounds(amount, Limits.MONEY_WHOLE_DIGITS, Limits.DECIMAL_SCALE);
        return amount;
    }

    private static Boolean bool(Object raw) throws BadValue {
        if (raw instanceof Boolean yes) {
            return yes;
        }
        return switch (raw instanceof String text ? fold(text) : "") {
            case "true", "yes", "y", "t", "1" -> true;
            case "false", "no", "n", "f", "0" -> false;
            default -> throw new BadValue("not_a_boolean", "Must be true or false.");
        };
    }

    private static String choice(Column column, String raw) throws BadValue {
        return column.choice(raw)
                .orElseThrow(() ->
                        new BadValue("not_allowed", "Must be one of: " + String.join(", ", column.allowed()) + "."));
    }

    private static String zone(String raw) throws BadValue {
        String zone = ZONES.get(fold(raw));
        if (zone == null) {
            throw new BadValue("unknown_zone", "Not a time zone. Write its IANA name, such as Europe/Berlin.");
        }
        return zone;
    }

    private static List<String> texts(Object raw, int maxLength) throws BadValue {
        List<?> parts = switch (raw) {
            case String text -> List.of(text.split("\\|"));
            case List<?> list -> list;
            default -> throw new BadValue("wrong_type", "Must be a list of texts.");
        };
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        for (Object part : parts) {
            if (!(part instanceof String text)) {
                throw new BadValue("wrong_type", "Must be a list of texts.");
            }
            String read = Texts.text(text, maxLength);
            if (read != null) {
                texts.add(read);
            }
        }
        if (texts.size() > Limits.LIST_ITEMS) {
            throw new BadValue("too_many_items", "At most %d entries.".formatted(Limits.LIST_ITEMS));
        }
        return new ArrayList<>(texts);
    }
}
