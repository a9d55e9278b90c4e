package io.perennial.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that remembers of each letter only to whom it went and under which Message-ID, so that it can take very many. */
final class LetterSink implements AutoCloseable {

    private final ServerSocket door;
    private final Map<String, Queue<String>> letters = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();

    LetterSink() throws IOException {
        door = new ServerSocket(0);
        Thread.ofVirtual().start(() -> {
            while (!door.isClosed()) {
                try {
                    Socket line = door.accept();
                    Thread.ofVirtual().start(() -> talk(line));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    int port() {
        return door.getLocalPort();
    }

    /** Letters for which it said 250. */
    int taken() {
        return taken.get();
    }

    /** Message identities by reader, in the order of coming. */
    Map<String, Queue<String>> letters() {
        return letters;
    }

    private void talk(Socket line) {
        try (line;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = line.getOutputStream()) {
            say(out, "220 sink");
            String reader = "";
            for (String said = in.readLine(); said != null; said = in.readLine()) {
                String command = said.toUpperCase(Locale.ROOT);
                if (command.startsWith("RCPT TO:")) {
                    reader = said.replaceAll("(?i)^rcpt to:\\s*<?|>.*$", "");
                    say(out, "250 ok");
                } else if (command.equals("DATA")) {
                    say(out, "354 go on");
                    if (!take(in, reader)) {
                        return; // Cut off in the middle: nothing was taken.
                    }
                    say(out, "250 taken");
                } else if (command.equals("QUIT")) {
                    say(out, "221 bye");
                    return;
                } else {
                    say(out, "250 ok");
                }
            }
        } catch (IOException gone) {
            // Its sender was killed.
        }
    }

    private boolean take(BufferedReader in, String reader) throws IOException {
        String id = "";
        boolean head = true;
        for (String said = in.readLine(); said != null; said = in.readLine()) {
            if (said.equals(".")) {
                letters.computeIfAbsent(reader, none -> new ConcurrentLinkedQueue<>())
                        .add(id);
                taken.incrementAndGet();
                return true;
            }
            head = head && !said.isEmpty();
            if (head && said.regionMatches(true, 0, "Message-ID:", 0, 11)) {
                id = said.substring(11).strip();
            }
        }
        return false;
    }

    private static void say(OutputStream out, String words) throws IOException {
        out.write((words + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
