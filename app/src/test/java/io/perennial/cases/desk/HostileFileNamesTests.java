package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.Hostile;
import io.perennial.world.PerennialTest;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Names of files that staff attaches to answers, as a browser sends them: what the customer gets, and what pages show. */
@PerennialTest
class HostileFileNamesTests extends CaseMailStory {

    private static final byte[] CONTENT = "%PDF-1.7 plan".getBytes(StandardCharsets.US_ASCII);

    @Test
    void aFileIsStoredUnderARandomIdAndShownSavedAndSentUnderAHarmlessName() throws Exception {
        arrives(from(CUSTOMER, "1@oslo-ferry.example", "Export fails", "", "It says 500."));
        poller.poll();
        UUID id = onlyCase();
        int kept = 0;
        for (Hostile hostile : Hostile.of("filename")) {
            String draft = "draft-" + hostile.id();
            HttpResponse<String> answer =
                    replyWith(id, "See " + hostile.id(), draft, asBrowsersSend(hostile.text()), CONTENT);
            if (answer.statusCode() == 422) {
                assertThat(Jsoup.parse(answer.body()).select("main img, main script"))
                        .as(hostile.id())
                        .isEmpty();
                assertThat(answer.body()).as(hostile.id()).contains("is a program or a page that may run something");
                continue;
            }
            assertThat(answer.statusCode()).as(hostile.id()).isEqualTo(302);
            kept++;
            Element file = page(id).select(".case-reply .case-files a").getLast();
            assertHarmless(hostile, file.text());
            assertThat(file.attr("href")).as(hostile.id()).matches("/files/[0-9a-f-]{36}");
            HttpResponse<String> saved = sam.get(file.attr("href"));
            assertThat(saved.headers().allValues("Content-Disposition"))
                    .as(hostile.id())
                    .singleElement()
                    .satisfies(said -> assertThat(said)
                            .matches("attachment; filename=\"[^\"\\r\\n]*\"; filename\\*=UTF-8''[\\w!#$&+.^`|~%-]+"));
            assertThat(saved.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            delivery.drain();
            MimeMessage letter = last();
            assertHarmless(
                    hostile, ((Multipart) letter.getContent()).getBodyPart(1).getFileName());
        }
        assertThat(kept).isGreaterThan(9);
        assertThat(database.sql(
                                "select count(*) from platform.file where name ~ '[/\\\\[:cntrl:]<>\"]' or length(name) > 255")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static void assertHarmless(Hostile hostile, String name) {
        assertThat(name)
                .as(hostile.id())
                .isNotBlank()
                .hasSizeLessThan(256)
                .doesNotContain("/", "\\", "\n", "\r", "\u202e", "<", ">", "\"");
    }

    /** Browsers write quotes and line breaks of names in form data as percent codes. */
    private static String asBrowsersSend(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }
}
