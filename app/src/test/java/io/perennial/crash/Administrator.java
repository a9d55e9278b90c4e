package io.perennial.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Somebody at a browser, who looks at pages while the server is in trouble. */
final class Administrator {

    private static final String EMAIL = "grace@perennial.example";
    private static final String PASSWORD = "vivid-harbour-notices-lemons";

    private final String server;
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private Administrator(String server) {
        this.server = server;
    }

    /** What the server is to be started with. */
    static String[] settings() {
        return new String[] {"--perennial.admin.email=" + EMAIL, "--perennial.admin.password=" + PASSWORD};
    }

    static Administrator signedIn(String server) throws IOException, InterruptedException {
        Administrator administrator = new Administrator(server);
        Map<String, String> form = Jsoup.parse(administrator.page("/sign-in")).select("input[type=hidden]").stream()
                .collect(Collectors.toMap(field -> field.attr("name"), Element::val, (one, other) -> one));
        form.put("email", EMAIL);
        form.put("password", PASSWORD);
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = administrator.browser.send(
                HttpRequest.newBuilder(URI.create(server + "/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(next -> assertThat(next).doesNotContain("sign-in"));
        return administrator;
    }

    /** The page's text, which must come. */
    String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                browser.send(HttpRequest.newBuilder(URI.create(server + path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }
}
