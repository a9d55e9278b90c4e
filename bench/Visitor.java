import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** One signed-in person with a browser's habits: a session of its own, cookies, compressed answers. */
class Visitor {

    private final String base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();

    private Visitor(String base) {
        this.base = base;
    }

    static Visitor signedIn(String base, String email, String password) throws IOException, InterruptedException {
        Visitor visitor = new Visitor(base);
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(visitor.text("/sign-in", "text/html"));
        if (!token.find()) {
            throw new IllegalStateException("There is no sign-in form at " + base);
        }
        HttpResponse<String> answer = visitor.client.send(
                HttpRequest.newBuilder(URI.create(base + "/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + encoded(token.group(1)) + "&email="
                                + encoded(email) + "&password=" + encoded(password) + "&next=%2F"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException("Sign-in was refused: " + answer.statusCode());
        }
        return visitor;
    }

    /** @return bytes received */
    int look(String path, String accept) throws IOException, InterruptedException {
        return answer(path, accept).body().length;
    }

    String text(String path, String accept) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = answer(path, accept);
        InputStream body = new ByteArrayInputStream(answer.body());
        boolean packed = answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        return new String((packed ? new GZIPInputStream(body) : body).readAllBytes(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> answer(String path, String accept) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Accept", accept)
                        .header("Accept-Encoding", "gzip")
                        .header("Sec-Fetch-Site", "same-origin")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return answer;
    }

    /** The event stream of an open page. */
    InputStream live() throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(base + "/live"))
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
