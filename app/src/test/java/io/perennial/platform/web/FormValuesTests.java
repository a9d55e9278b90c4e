package io.perennial.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormValuesTests {

    @Test
    void whatPeopleTypeIsRead() {
        assertThat(FormValues.day(" 2026-11-20 ", IllegalStateException::new)).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(FormValues.day("  ", IllegalStateException::new)).isNull();
        assertThat(number("1,250 000.50")).isEqualTo(new BigDecimal("1250000.50"));
        assertThat(number(" ")).isNull();
        assertThat(FormValues.isCurrency("EUR")).isTrue();
        assertThat(FormValues.isCurrency("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "2026-02-30", "+999999999-01-01", "1969-12-31", "2101-01-01", "\u0000"})
    void whatIsNoDayIsRefusedInTheCallersWords(String typed) {
        assertThatThrownBy(() -> FormValues.day(typed, IllegalStateException::new))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2026-11-20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "1e400", "1000000000001", "-1000000000001", "0.0000001", "1e-2000000000", "NaN"})
    void whatIsNoUsableNumberIsRefused(String typed) {
        assertThatThrownBy(() -> number(typed)).isInstanceOf(IllegalStateException.class);
    }

    private static @Nullable BigDecimal number(String typed) {
        return FormValues.number(typed, "It is too large.", "It is none.", IllegalStateException::new);
    }
}
