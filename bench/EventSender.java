import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One connection that sends the same request again and again, each time with fresh message ids. Knows just enough HTTP,
 * because the load generator shares the cores with what it measures.
 */
class EventSender implements AutoCloseable {

    static final int ACCOUNTS = 500;

    private static final int USERS = 20_000; // each connection sends for a hundred of them

    private static final int NUMBER = 12;
    private static final String EVENT = """
            {"messageId":"%s","type":"track","userId":"user-%05d","event":"%s","timestamp":"2026-11-22T09:00:00.000Z",\
            "properties":{"report":"Quarterly revenue by region","rows":%d,"filters":["region","segment"],"exported":false},\
            "context":{"groupId":"account-%04d","library":{"name":"analytics-java","version":"3.5.4"},"ip":"192.0.2.17"}}""";
    private static final String[] FEATURES = {"Report opened", "Plan shared", "Task completed", "Comment written"};

    private final URI server;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private final byte[] request;
    private final int[] numbers;
    private final byte[] answer = new byte[4_096];
    private long next;
    private boolean saidWhen;

    /** @param first of the message ids; every connection needs numbers of its own */
    EventSender(URI server, String key, int events, long first) throws IOException {
        this.server = server;
        connect();
        next = first;
        StringBuilder body = new StringBuilder(events > 1 ? "{\"batch\":[" : "");
        for (int i = 0; i < events; i++) {
            int user = (int) ((first / EventLoad.IDS * 7_919 + i * 17L) % USERS);
            body.append(i == 0 ? "" : ",").append(EVENT.formatted(
                    "#".repeat(NUMBER), user, FEATURES[user % FEATURES.length], user % 977, user % ACCOUNTS));
        }
        body.append(events > 1 ? "],\"sentAt\":\"2026-11-22T09:00:00.000Z\"}" : "");
        String head = "POST /v1/%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Basic %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(
                        events > 1 ? "batch" : "track",
                        server.getAuthority(),
                        Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.US_ASCII)),
                        body.length());
        request = (head + body).getBytes(StandardCharsets.US_ASCII);
        numbers = new int[events];
        String text = head + body;
        int at = -1;
        for (int i = 0; i < events; i++) {
            at = text.indexOf("#".repeat(NUMBER), at + 1);
            numbers[i] = at;
        }
    }

    private void connect() throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** @return status of the answer */
    int send() throws IOException {
        for (int at : numbers) {
            long number = next++;
            for (int digit = at + NUMBER - 1; digit >= at; digit--) {
                request[digit] = (byte) ('0' + number % 10);
                number /= 10;
            }
        }
        out.write(request);
        int length = 0;
        while (!complete(length)) {
            int read = in.read(answer, length, answer.length - length);
            if (read < 0) {
                throw new IOException("The server closed the connection");
            }
            length += read;
        }
        String head = new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        saidWhen = head.contains("\r\nRetry-After: ");
        if (head.contains("\r\nConnection: close")) {
            socket.close();
            connect();
        }
        return Integer.parseInt(new String(answer, 9, 3, StandardCharsets.US_ASCII));
    }

    /** Whether the last answer said when to come again. */
    boolean saidWhen() {
        return saidWhen;
    }

    private boolean complete(int length) {
        String text = new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        int header = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
        if (header < 0 || header > end) {
            throw new IllegalStateException("An answer without Content-Length: " + text);
        }
        int size = Integer.parseInt(text.substring(header + 15, text.indexOf('\r', header)).strip());
        return length >= end + 4 + size;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
