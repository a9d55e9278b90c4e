package io.perennial.platform.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTests {

    private static final Records.Formats COMMA = new Records.Formats("dd.MM.yyyy", ',', ZoneId.of("Europe/Berlin"));

    @Nested
    class Numbers {

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "1234.56;1234.56",
                    "-1250.00;-1250.00",
                    "1,234.56;1234.56",
                    "1,234,567;1234567",
                    "+7;7",
                    ".5;not_a_number",
                    "1,234;ambiguous_number",
                    "1.234,56;not_a_number",
                    "$1,234.56;not_a_number",
                    "(500.00);not_a_number",
                    "1e3;not_a_number",
                    "1 234,56;not_a_number",
                    "1 234.5;1234.5",
                    "-0.00;0.00",
                    "١٢٣;not_a_number",
                    "１２;not_a_number",
                    "12,34.5;not_a_number",
                    "NaN;not_a_number",
                    "99999999999999999999.99;out_of_range",
                    "1.;not_a_number",
                    "--1;not_a_number",
                    "0x10;not_a_number"
                })
        void withAPointAreReadExactlyOrRefused(String written, String expected) {
            assertThat(money(written, Records.Formats.ISO)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "1.234,56;1234.56",
                    "1234,5;1234.5",
                    "1.234;ambiguous_number",
                    "1,234.56;not_a_number",
                    "1.234.567;1234567",
                    "12.5;not_a_number",
                    "1'234,50;1234.50"
                })
        void withACommaAreReadExactlyOrRefused(String written, String expected) {
            assertThat(money(written, COMMA)).isEqualTo(expected);
        }

        @Test
        void withAHugeExponentAreRefusedAtOnce() {
            assertThat(read(ColumnType.DECIMAL, new BigDecimal("1e999999999"), Records.Formats.ISO))
                    .isEqualTo("out_of_range");
            assertThat(read(ColumnType.DECIMAL, new BigDecimal("1e-999999999"), Records.Formats.ISO))
                    .isEqualTo("too_many_decimals");
            assertThat(read(ColumnType.INTEGER, new BigDecimal("1e999999999"), Records.Formats.ISO))
                    .isEqualTo("out_of_range");
            assertThat(read(ColumnType.INTEGER, "9223372036854775808", Records.Formats.ISO))
                    .isEqualTo("out_of_range");
            assertThat(read(ColumnType.INTEGER, 1.5, Records.Formats.ISO)).isEqualTo("wrong_type");
        }

        private String money(String written, Records.Formats formats) {
            Object value = read(ColumnType.MONEY, written, formats);
            return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
        }
    }

    @Nested
    class Days {

        @ParameterizedTest
        @ValueSource(strings = {"2026-03-31", "2026-03-31 00:00:00", "2026-03-31T00:00"})
        void ofIsoAreAlwaysRead(String written) {
            assertThat(read(ColumnType.DATE, written, Records.Formats.ISO)).isEqualTo(LocalDate.of(2026, 3, 31));
            assertThat(read(ColumnType.DATE, written, COMMA)).isEqualTo(LocalDate.of(2026, 3, 31));
        }

        @ParameterizedTest
        @CsvSource({
            "03/04/2026,ambiguous_date", "31.03.2026,ambiguous_date", "2026-02-30,not_a_date", "2026-3-1,not_a_date",
            "20260331,not_a_date", "0001-01-01,out_of_range", "9999-12-31,out_of_range", "yesterday,not_a_date",
            "2026-03-31T10:00:00Z,not_a_date", "٢٠٢٦-٠٣-٣١,not_a_date", "46112,not_a_date"
        })
        void areNeverGuessed(String written, String code) {
            assertThat(read(ColumnType.DATE, written, Records.Formats.ISO)).isEqualTo(code);
        }

        @Test
        void ofAChosenPatternAreStrict() {
            assertThat(read(ColumnType.DATE, "31.03.2026", COMMA)).isEqualTo(LocalDate.of(2026, 3, 31));
            assertThat(read(ColumnType.DATE, "31.02.2026", COMMA)).isEqualTo("not_a_date");
            assertThat(read(ColumnType.DATE, "03/31/2026", COMMA)).isEqualTo("not_a_date");
        }
    }

    @Nested
    class Times {

        @ParameterizedTest
        @CsvSource({
            "2026-03-31T14:05:00Z,2026-03-31T14:05:00Z", "2026-03-31 14:05:00+02,2026-03-31T12:05:00Z",
            "2026-03-31T14:05:00.123456789+0200,2026-03-31T12:05:00.123456Z", "2026-03-31T14:05,2026-03-31T14:05:00Z",
            "2026-03-31,2026-03-31T00:00:00Z"
        })
        void areReadWithTheirOffsetOrTheChosenZone(String written, Instant expected) {
            assertThat(read(ColumnType.INSTANT, written, Records.Formats.ISO)).isEqualTo(expected);
        }

        @Test
        void ofAChosenPatternAndZone() {
            assertThat(read(ColumnType.INSTANT, "31.03.2026 14:05", COMMA))
                    .isEqualTo(Instant.parse("2026-03-31T12:05:00Z"));
            assertThat(read(ColumnType.INSTANT, "31.03.2026", COMMA)).isEqualTo(Instant.parse("2026-03-30T22:00:00Z"));
            assertThat(read(ColumnType.INSTANT, "2026-03-29 02:30:00", COMMA)).isEqualTo("no_such_time");
            assertThat(read(ColumnType.INSTANT, "03/04/2026 10:00", Records.Formats.ISO))
                    .isEqualTo("ambiguous_date");
            assertThat(read(ColumnType.INSTANT, "1774965900", Records.Formats.ISO))
                    .isEqualTo("not_a_time");
        }
    }

    @Nested
    class Words {

        @ParameterizedTest
        @CsvSource({
            "usd,USD",
            "EUR,EUR",
            "XXX,unknown_currency",
            "DEM,unknown_currency",
            "$,unknown_currency",
            "XAU,unknown_currency"
        })
        void ofCurrenciesInUse(String written, String expected) {
            assertThat(read(ColumnType.CURRENCY, written, Records.Formats.ISO)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "a@X.test,a@x.test",
            "A+b@x.test,a+b@x.test",
            "ana,not_an_email",
            "a@b,not_an_email",
            "a b@x.test,not_an_email",
            "a@x..test,not_an_email",
            "'a@x.test,b@x.test',not_an_email",
            "a@müller.test,a@xn--mller-kva.test",
            "TITLE@x.test,title@x.test"
        })
        void ofMailAreFolded(String written, String expected) {
            assertThat(read(ColumnType.EMAIL, written, Records.Formats.ISO)).isEqualTo(expected);
        }

        @Test
        void areTrimmedAndFreeOfInvisibleCharacters() {
            assertThat(read(ColumnType.TEXT, "  Acme\r\nInc. ", Records.Formats.ISO))
                    .isEqualTo("Acme\nInc.");
            assertThat(read(ColumnType.TEXT, "Ac\u0000me", Records.Formats.ISO)).isEqualTo("control_character");
            assertThat(read(ColumnType.TEXT, "Ac\ud800me", Records.Formats.ISO)).isEqualTo("control_character");
            assertThat(read(ColumnType.TEXT, "😀".repeat(500), Records.Formats.ISO))
                    .isEqualTo("😀".repeat(500));
            assertThat(read(ColumnType.TEXT, "x".repeat(501), Records.Formats.ISO))
                    .isEqualTo("too_long");
            assertThat(read(ColumnType.TEXT, 5, Records.Formats.ISO)).isEqualTo("wrong_type");
            assertThat(read(ColumnType.TEXT, "  ", Records.Formats.ISO)).isEqualTo("null");
        }

        @Test
        void ofZonesListsAndChoices() {
            assertThat(read(ColumnType.ZONE, "europe/berlin", Records.Formats.ISO))
                    .isEqualTo("Europe/Berlin");
            assertThat(read(ColumnType.ZONE, "+02:00", Records.Formats.ISO)).isEqualTo("unknown_zone");
            assertThat(read(ColumnType.TEXT_LIST, "buyer | user|buyer||", Records.Formats.ISO))
                    .isEqualTo(List.of("buyer", "user"));
            assertThat(read(ColumnType.TEXT_LIST, List.of("a", 1), Records.Formats.ISO))
                    .isEqualTo("wrong_type");
            assertThat(read(ColumnType.BOOLEAN, "Yes", Records.Formats.ISO)).isEqualTo(true);
            assertThat(read(ColumnType.BOOLEAN, "maybe", Records.Formats.ISO)).isEqualTo("not_a_boolean");
            Column role = Column.choice("role", List.of("READ_ONLY", "CSM"), "Role.", "CSM");
            assertThat(read(role, "read-only", Records.Formats.ISO)).isEqualTo("READ_ONLY");
            assertThat(read(role, "king", Records.Formats.ISO)).isEqualTo("not_allowed");
        }
    }

    @Test
    void formatsThatCannotBeAreRefused() {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> new Records.Formats("nonsense", '.', ZoneOffset.UTC));
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> new Records.Formats(null, ';', ZoneOffset.UTC));
    }

    private static Object read(ColumnType type, @Nullable Object raw, Records.Formats formats) {
        return read(Column.of("x", type, "", ""), raw, formats);
    }

    /** The value, or the code of what is wrong. */
    private static Object read(Column column, @Nullable Object raw, Records.Formats formats) {
        try {
            Object value = Values.read(column, raw, formats, TableShape.Kind.LARGE);
            return value == null ? "null" : value;
        } catch (BadValue e) {
            return e.code();
        }
    }
}
