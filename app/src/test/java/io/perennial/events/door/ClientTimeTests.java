package io.perennial.events.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTimeTests {

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T09:00:00Z,        2026-11-24T09:00:00Z",
        "2026-11-24T09:00:00.123Z,    2026-11-24T09:00:00.123Z",
        "2026-11-24T09:00:00.123456789Z, 2026-11-24T09:00:00.123456Z",
        "2026-11-24T10:00:00+01:00,   2026-11-24T09:00:00Z",
        "2026-11-24T04:00:00.5-0500,  2026-11-24T09:00:00.5Z",
        "2026-11-24 09:00:00,         2026-11-24T09:00:00Z",
        "2026-11-24,                  2026-11-24T00:00:00Z",
        "1795510800000,               2026-11-24T09:00:00Z",
        "2016-12-31T23:59:60Z,        2017-01-01T00:00:00Z",
        "2024-02-29T00:00:00Z,        2024-02-29T00:00:00Z",
        "1969-12-31T23:59:59.5Z,      1969-12-31T23:59:59.5Z",
        "9999-12-31T23:59:59Z,        9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z,        0001-01-01T00:00:00Z"
    })
    void readsWhatClientsWrite(String text, String instant) {
        assertThat(ClientTime.parse(text)).isEqualTo(ClientTime.micros(Instant.parse(instant)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01T00:00:00Z",
                "2026-02-30",
                "2026-11-24T25:00:00Z",
                "2026-11-24T09:00Z",
                "2026-11-24T09:00:00.Z",
                "2026-11-24T09:00:00+99:00",
                "2026-11-24T09:00:00ZZ",
                "-5",
                "1e12",
                "99999999999999999999",
                "٢٠٢٦-11-24T09:00:00Z"
            })
    void saysWhenItIsNoTime(String text) {
        assertThat(ClientTime.parse(text)).isEqualTo(ClientTime.UNREADABLE);
    }
}
