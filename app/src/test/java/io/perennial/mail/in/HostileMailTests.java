package io.perennial.mail.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.mail.Letter;
import io.perennial.world.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hostile inputs for addresses and HTML, each as the list of them says. */
class HostileMailTests {

    @TestFactory
    Stream<DynamicTest> htmlOfStrangersIsHarmless() throws IOException {
        List<DynamicTest> tests = each("kb_html", HostileMailTests::harmless);
        assertThat(tests).hasSizeGreaterThan(10);
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> anAddressWithLineBreaksIsRefused() throws IOException {
        List<DynamicTest> tests = each("email", input -> {
            if (input.contains("Bcc:")) {
                assertThatThrownBy(() -> Letter.plain("k", input, "s", "t", "p"))
                        .isInstanceOf(IllegalArgumentException.class);
            } else {
                assertThat(Letter.plain("k", "a@x.test", input, input, "p").subject())
                        .doesNotContain("\r", "\n");
            }
        });
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void harmless(String html) {
        String clean = SafeHtml.withPictures(SafeHtml.clean(html), Map.of());
        Document document = Jsoup.parseBodyFragment(clean);
        assertThat(document.select(
                        "script, svg, iframe, form, input, meta, base, link, style, template, object, embed, noscript"))
                .isEmpty();
        assertThat(document.select("img")).as("no picture from elsewhere").isEmpty();
        document.getAllElements()
                .forEach(element -> element.attributes().forEach(attribute -> {
                    assertThat(attribute.getKey()).doesNotStartWith("on").doesNotContain("hx-", "srcset", "style");
                    if (attribute.getKey().equals("href")) {
                        assertThat(attribute.getValue()).matches("(https?://|mailto:).*");
                    }
                }));
        document.select("a[href]").forEach(link -> assertThat(link.attr("rel")).contains("noopener", "noreferrer"));
    }

    private static List<DynamicTest> each(String entrance, Consumer<String> check) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode hostile :
                JsonMapper.shared().readTree(Files.readString(SharedData.beside("hostile/hostile.json")))) {
            if (hostile.path("entrance").asString().equals(entrance)
                    && hostile.path("kind").asString().equals("payload")) {
                String input = hostile.path("input").asString();
                tests.add(DynamicTest.dynamicTest(hostile.path("name").asString(), () -> check.accept(input)));
            }
        }
        return tests;
    }
}
