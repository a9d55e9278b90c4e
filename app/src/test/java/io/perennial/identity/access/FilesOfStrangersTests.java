package io.perennial.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever may not bring a file is told before it is read: these senders announce 1 GB and send nothing of it. */
@PerennialTest
class FilesOfStrangersTests {

    private static final int PATIENCE_MILLIS = 10_000;

    @Autowired
    People people;

    @Test
    void aStrangerIsSentToSignIn() {
        assertThat(answer(people.stranger(), "POST /imports")).contains(" 303");
    }

    @Test
    void aReaderIsRefused() {
        assertThat(answer(people.reader(), "POST /imports")).contains(" 403");
    }

    @Test
    void aProgramWithoutTheScopeIsRefused() {
        assertThat(answer(people.program("read"), "POST /api/v1/imports")).contains(" 403");
        assertThat(answer(people.stranger(), "POST /api/v1/imports")).contains(" 401");
    }

    @Test
    void noOtherAddressTakesFilesEvenFromThoseWhoMayUseIt() {
        assertThat(answer(people.stranger(), "POST /sign-in")).contains(" 415");
        assertThat(answer(people.admin(), "POST /profile")).contains(" 415");
        assertThat(answer(people.admin(), "GET /accounts")).contains(" 415");
        assertThat(answer(people.program("write"), "PUT /api/v1/accounts/a-1")).contains(" 415");
    }

    /** The status line that answers the announcement alone. */
    private static String answer(Visitor sender, String methodAndPath) {
        URI address = URI.create(sender.address());
        StringBuilder request = new StringBuilder(methodAndPath + " HTTP/1.1\r\nHost: " + address.getAuthority());
        sender.headers()
                .forEach((name, value) ->
                        request.append("\r\n").append(name).append(": ").append(value));
        request.append("\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1073741824\r\n\r\n");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            String line = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return line == null ? "closed without an answer" : line;
        } catch (IOException silent) {
            return "no answer: " + silent.getMessage();
        }
    }
}
