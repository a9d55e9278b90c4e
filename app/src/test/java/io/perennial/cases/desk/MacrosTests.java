package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What macros become in a case. */
class MacrosTests {

    private static String filled(String body, @Nullable String contact) {
        return new Macros.Macro(UUID.randomUUID(), "Title", body, "Sam", 1).filled(contact, 1042, "Sam Support");
    }

    @Test
    void aMacroIsFilledWithTheWordsOfTheCase() {
        assertThat(filled("Hello {name}, your case is {number}. {me}", "Mia Okafor"))
                .isEqualTo("Hello Mia Okafor, your case is #1042. Sam Support");
    }

    @Test
    void withoutANameNothingOddStandsInItsPlace() {
        assertThat(filled("Hello {name},\nthank you.", null)).isEqualTo("Hello,\nthank you.");
        assertThat(filled("{name}: hello", "")).isEqualTo(": hello");
    }

    @Test
    void codeIsTextAndANameIsNoField() {
        assertThat(filled("{{constructor.constructor(\"return 1\")()}} {{#each __proto__}}", "Mia"))
                .isEqualTo("{{constructor.constructor(\"return 1\")()}} {{#each __proto__}}");
        assertThat(filled("Hello {name}", "{number} $1 \\")).isEqualTo("Hello {number} $1 \\");
    }
}
