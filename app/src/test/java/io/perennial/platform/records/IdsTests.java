package io.perennial.platform.records;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTests {

    @Test
    void anIdentityIsReadAsItIsWritten() {
        String written = Ids.next().toString();

        assertThat(Ids.read(written)).hasValueSatisfying(id -> assertThat(id).hasToString(written));
        assertThat(Ids.read(written.toUpperCase(java.util.Locale.ROOT))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "------------------------------------",
                "abcdefabcdefabcdefabcdefabcdefabcdef",
                "0192f0c0-0000-7000-8000-00000000000g",
                " 0192f0c0-0000-7000-8000-000000000001"
            })
    void whatOnlyLooksLikeOneIsNone(String typed) {
        assertThat(Ids.read(typed)).isEmpty();
    }
}
