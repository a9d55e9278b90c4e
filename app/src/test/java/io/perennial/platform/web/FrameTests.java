package io.perennial.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.OpenDoor;
import io.perennial.world.PerennialTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@PerennialTest
class FrameTests {

    @LocalServerPort
    int port;

    private final HttpClient browser = HttpClient.newHttpClient();

    @Test
    void unknownAddressIsAnsweredInTheFrameWithTheNextStep() throws Exception {
        HttpResponse<String> answer = get("/dev/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("main h1").text()).isEqualTo("There is no page at this address");
        assertThat(page.select("main a[href=/]").text()).isEqualTo("Go to Today");
    }

    @Test
    void assetsAreKeptForAYearAndCompressed() throws Exception {
        HttpResponse<String> page = get("/dev/components");
        String sheet = Jsoup.parse(page.body()).select("link[rel=stylesheet]").attr("href");

        HttpResponse<String> answer = get(sheet);

        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(answer.headers().allValues("Cache-Control")).hasSize(1);
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(get("/_static/0000000000000000/perennial.css").statusCode()).isEqualTo(404);
    }

    @Test
    void everyFormThatSavesCarriesItsToken() throws Exception {
        Document page = Jsoup.parse(get("/dev/components").body());

        assertThat(page.select("form[method=post]"))
                .isNotEmpty()
                .allSatisfy(form -> assertThat(form.select("input[name=_csrf]").attr("value"))
                        .isNotEmpty());
    }

    @Test
    void healthIsNeverShownWithoutShapeWordAndNumber() throws Exception {
        Document page = Jsoup.parse(get("/dev/components").body());

        assertThat(page.select(".health-badge")).isNotEmpty().allSatisfy(badge -> {
            assertThat(badge.select("svg .shape, svg .shape-ring")).isNotEmpty();
            assertThat(badge.select(".word").text()).isNotBlank();
            assertThat(badge.select(".score").text()).isNotBlank();
        });
    }

    @Test
    void settingsAreNotSavedForAStrangersForm() throws Exception {
        HttpResponse<String> answer = browser.send(
                request("/preferences")
                        .POST(HttpRequest.BodyPublishers.ofString("theme=dark"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("theme"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return browser.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header(OpenDoor.HEADER, "yes")
                .header("Accept", "text/html")
                .header("Accept-Encoding", path.startsWith("/_static") ? "gzip" : "identity");
    }
}
