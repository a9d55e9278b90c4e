package io.perennial.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that answers as it was told to: by the first word of a command, {@code .} being the end of a letter. The answer
 * {@link #HANG_UP} closes the connection, {@link #SILENCE} says nothing more.
 */
public final class OddServer implements AutoCloseable {

    public static final String HANG_UP = "hang up";
    public static final String SILENCE = "silence";

    private final ServerSocket door;
    private final Thread serving;
    private final List<Socket> callers = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> answers;
    private final List<String> letters = Collections.synchronizedList(new ArrayList<>());

    public OddServer(int port, Map<String, String> answers) {
        this.answers = answers;
        try {
            door = new ServerSocket();
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serving = Thread.ofPlatform().daemon().start(this::serve);
    }

    /** Letters whose end arrived. */
    public List<String> letters() {
        return List.copyOf(letters);
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket caller : List.copyOf(callers)) {
                caller.close();
            }
            serving.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                callers.add(caller);
                Thread.ofVirtual().start(() -> talk(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket caller) {
        try (caller) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.ISO_8859_1));
            if (!answer(caller, "", "220 odd")) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String word = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                if (!answer(caller, word, usual(word))) {
                    return;
                }
                if (word.equals("DATA") && !answers.containsKey("DATA")) {
                    letters.add(letter(in));
                    if (!answer(caller, ".", "250 2.0.0 taken")) {
                        return;
                    }
                }
            }
        } catch (IOException gone) {
            // The client has had enough.
        }
    }

    private static String letter(BufferedReader in) throws IOException {
        StringBuilder letter = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            letter.append(line).append('\n');
        }
        return letter.toString();
    }

    /** @return whether the conversation goes on */
    private boolean answer(Socket caller, String word, @Nullable String usual) throws IOException {
        String answer = answers.getOrDefault(word, usual == null ? "250 OK" : usual);
        if (answer.equals(HANG_UP)) {
            return false;
        }
        OutputStream out = caller.getOutputStream();
        if (!answer.equals(SILENCE)) {
            out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return true;
    }

    private static @Nullable String usual(String word) {
        return switch (word) {
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> null;
        };
    }
}
