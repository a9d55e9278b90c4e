package io.perennial.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every template, script and sheet keeps to. */
class PageRulesTests {

    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Path SCRIPTS = Path.of("src/main/resources/static/js");
    private static final int SCRIPTS_COMPRESSED = 30 * 1024;
    private static final int FIRST_VISIT_COMPRESSED = 75 * 1024;

    @ParameterizedTest
    @CsvSource({
        "'\\sstyle=\"', style attributes are refused by the content security policy: use a class",
        "'\\son[a-z]+=\"', inline handlers are refused by the content security policy: use a custom element",
        "'hx-on', behaviour belongs to custom elements",
        "'javascript:', behaviour belongs to custom elements",
        "'<style', styles stand in static/css",
        "'<script>', scripts stand in static/js"
    })
    void templatesHoldNoInlineBehaviourOrStyle(String forbidden, String instead) {
        Pattern pattern = Pattern.compile(forbidden);
        assertThat(files(TEMPLATES, ".jte")
                        .filter(file -> pattern.matcher(text(file)).find()))
                .as(instead)
                .isEmpty();
    }

    @Test
    void scriptsCanBeJoined() {
        Pattern module = Pattern.compile("(?m)^\\s*(import\\s+[^(]|export\\s)");
        assertThat(files(SCRIPTS, ".js")
                        .filter(file -> module.matcher(text(file)).find()))
                .as("scripts are joined into one file: no import or export statements")
                .isEmpty();
    }

    @Test
    void firstVisitIsSmall() {
        int script = gzipped("perennial.js");
        assertThat(script).isLessThan(SCRIPTS_COMPRESSED);
        assertThat(script + gzipped("perennial.css") + gzipped("htmx.js")).isLessThan(FIRST_VISIT_COMPRESSED);
    }

    @Test
    void everySheetStandsInALayer() {
        String sheet = new String(asset("perennial.css").plain(), StandardCharsets.UTF_8);
        assertThat(sheet).startsWith("/*").contains("@layer reset, tokens, base, layout, components, pages, print;");
    }

    @ParameterizedTest
    @CsvSource({"house", "buildings", "heart-pulse", "stars", "broadcast"})
    void iconIsDrawnAndHiddenFromScreenReaders(String name) {
        assertThat(Icons.svg(name)).contains("<path").contains("aria-hidden=\"true\"");
    }

    private static int gzipped(String name) {
        return asset(name).gzipped().length;
    }

    private static Assets.Asset asset(String name) {
        return Objects.requireNonNull(Assets.at(Assets.url(name)));
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found =
                    all.filter(file -> file.toString().endsWith(ending)).toList();
            return found.stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
