package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An answer with too much behind it, from a browser without scripts. */
@PerennialTest
class LargeFormsTests extends CaseMailStory {

    private static final String TEXT = "Ähnlich wie im Mai.\r\n\r\n--edge\r\nBitte sehen Sie sich das an: 70 €.";
    private static final int MEGABYTE = 1024 * 1024;

    UUID id;

    @BeforeEach
    void anaAsks() {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        id = onlyCase();
    }

    private long answers() {
        return database.sql("select count(*) from cases.message where kind = 'reply'")
                .query(Long.class)
                .single();
    }

    @Test
    void whatWasTypedIsKeptAndThePageSaysWhatWasTooMuch() {
        HttpResponse<String> answer = replyWith(id, TEXT, "d-1", "film.mov", new byte[70 * MEGABYTE]);

        assertThat(answer.statusCode()).isEqualTo(422);
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("#reply-body").text().replaceAll("\\s+", " ")).isEqualTo(TEXT.replaceAll("\\s+", " "));
        assertThat(page.select("#reply-form input[name=draft]").val()).isEqualTo("d-1");
        assertThat(page.text())
                .contains("The files have 70 MB together", "64 MB", "nothing was sent; your text is here")
                .as("the limits stand beside the field")
                .contains("up to 10, of 10 MB each and 18 MB together");
        assertThat(answers()).isZero();
        assertThat(database.sql("select count(*) from cases.upload")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(reply(id, TEXT, "d-1").statusCode()).isEqualTo(302);
        assertThat(answers()).isEqualTo(1);
    }

    @Test
    void oneLargeFileIsRefusedByNameAndTheTextKept() {
        HttpResponse<String> answer = replyWith(id, TEXT, "d-1", "film.mov", new byte[11 * MEGABYTE]);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.body()).text())
                .contains("The file film.mov is larger than 10 MB", "your text is kept");
        assertThat(Jsoup.parse(answer.body()).select("#reply-body").text()).contains("Ähnlich wie im Mai.");
    }

    @Test
    void aLargeFormWithoutItsTokenIsRefusedLikeAnyOther() {
        sam = new Visitor(sam.id(), sam.name(), sam.address(), sam.headers(), sam.cookie(), "");
        HttpResponse<String> answer = multipart(
                "/cases/" + id + "/messages",
                Map.of("kind", "reply", "body", TEXT, "draft", "d-1"),
                "film.mov",
                new byte[65 * MEGABYTE]);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answers()).isZero();
    }
}
