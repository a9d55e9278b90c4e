package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts with places in braces. */
class TemplateTests {

    @Test
    void aReaderWithoutTitleGetsTheWordThatStandsThereInstead() {
        Template template = Template.of("Dear {title|colleague} {name}, {customer}.");
        Map<String, String> values = Map.of("name", "Eva {csm}", "customer", "Oslo & Sons");
        assertThat(template.filled(values)).isEqualTo("Dear colleague Eva {csm}, Oslo & Sons.");
        assertThat(template.filledHtml(values)).isEqualTo("Dear colleague Eva {csm}, Oslo &amp; Sons.");
        assertThat(template.missing(values)).isNull();
        assertThat(template.missing(Map.of("name", " "))).isEqualTo("name");
        assertThat(template.needs()).containsExactly("name", "customer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{password}",
                "{{name}}",
                "{}",
                "{name.toString()}",
                "{name|a|b}",
                "{NAME}",
                "{{#if name}}",
                "{'x'}",
                "[go](https://app.example/?who={name})",
                "<https://app.example/{name}>"
            })
    void whatIsNoPlaceIsSaidToItsWriter(String text) {
        assertThat(Template.problem(text)).isNotNull();
    }

    @Test
    void whateverIsTypedNothingIsLostAndNothingFails() {
        Random random = new Random(11);
        String alphabet = "{}|na me_sm\n<&$\\\u0000é";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append(random.nextInt(8) == 0 ? "{name}" : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String typed = text.toString();
            assertThat(Template.of(typed).filled(Map.of("name", "{name}")))
                    .isEqualTo(typed.replaceAll("\\{name(\\|[^{}|\\n]*)?}", "{name}"));
        }
    }
}
