package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.LetterBox;
import io.perennial.world.PerennialTest;
import io.perennial.world.SharedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names of files and texts that want to be more than that, as strangers send them with their letters. */
@PerennialTest
class HostileCaseMailTests extends DeskStory {

    @Autowired
    LetterBox box;

    @Test
    void aFileIsShownAndSavedUnderAHarmlessNameWhateverItIsCalled() throws IOException {
        List<String> names = inputs("filename");
        assertThat(names).hasSizeGreaterThan(10);
        for (int i = 0; i < names.size(); i++) {
            box.take(letter("name-" + i, "File " + i, "See there.", names.get(i)));
            UUID id = database.sql("select id from cases.support_case where subject = :subject")
                    .param("subject", "File " + i)
                    .query(UUID.class)
                    .single();
            Document page = page(id);
            Element file = page.select(".case-customer .case-files a").getFirst();
            assertThat(file).as(names.get(i)).isNotNull();
            assertThat(file.text())
                    .isNotBlank()
                    .doesNotContain("/", "\\", "\n", "\u202e")
                    .hasSizeLessThan(256);
            assertThat(page.select(".case-files img")).isEmpty();
            HttpResponse<String> saved = sam.get(file.attr("href"));
            assertThat(saved.body()).isEqualTo("<script>alert(1)</script>");
            assertThat(saved.headers().firstValue("Content-Type").orElse("")).startsWith("application/octet-stream");
            assertThat(saved.headers().allValues("Content-Disposition"))
                    .singleElement()
                    .satisfies(said -> assertThat(said).startsWith("attachment").doesNotContain("\n"));
            assertThat(saved.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
    }

    @Test
    void whatALetterSaysIsTextWhereverItIsShown() throws IOException {
        List<String> texts = inputs("kb_html");
        assertThat(texts).hasSizeGreaterThan(10);
        String all = String.join("\n", texts);
        box.take(letter("html", "<script>alert(1)</script> {{7*7}}", all, "plan.txt"));
        UUID id = database.sql("select id from cases.support_case")
                .query(UUID.class)
                .single();

        for (String address : List.of("/cases/" + id, "/cases", "/cases?view=all", "/accounts/" + harbor)) {
            Document page = Jsoup.parse(sam.get(address).body());
            assertThat(page.select("main script, main iframe, main object, main [onerror], main [onload]"))
                    .as(address)
                    .isEmpty();
        }
        assertThat(page(id).select("h1").text()).contains("<script>alert(1)</script> {{7*7}}");
    }

    private static List<String> inputs(String entrance) throws IOException {
        List<String> inputs = new ArrayList<>();
        for (JsonNode hostile :
                JsonMapper.shared().readTree(Files.readString(SharedData.beside("hostile/hostile.json")))) {
            if (hostile.path("entrance").asString().equals(entrance)) {
                JsonNode input = hostile.path("input");
                inputs.add(
                        hostile.path("kind").asString().equals("repeat")
                                ? input.path("prefix").asString()
                                        + input.path("unit")
                                                .asString()
                                                .repeat(input.path("count").asInt())
                                        + input.path("suffix").asString()
                                : input.asString());
            }
        }
        return inputs;
    }

    private static ByteArrayInputStream letter(String id, String subject, String text, String file) {
        String letter = """
                From: Mia Okafor <mia@harbor.example>
                To: help@lumenworks.example
                Date: Tue, 24 Nov 2026 08:00:00 +0000
                Message-ID: <%s@harbor.example>
                Subject: %s
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="edge-of-the-letter"

                --edge-of-the-letter
                Content-Type: text/plain; charset=utf-8

                %s
                --edge-of-the-letter
                Content-Type: text/html
                Content-Disposition: attachment; filename*=utf-8''%s

                <script>alert(1)</script>
                --edge-of-the-letter--
                """.formatted(
                        id,
                        subject,
                        text,
                        URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20"));
        return new ByteArrayInputStream(letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
