package io.perennial.events;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The way from a client to the server: it can be busy for some requests, break off, and come back at the same port. */
final class Way implements AutoCloseable {

    private static final int SILENCE_MS = 200;

    private final int target;
    private final int port;
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerSocket entrance;

    Way(int target) {
        this.target = target;
        ServerSocket first = listen(0);
        this.port = first.getLocalPort();
        serve(first);
    }

    String address() {
        return "http://localhost:" + port;
    }

    /** The next connections hear 503 from a server that is starting or stopping. */
    void busyFor(int connections) {
        busy.set(connections);
    }

    int turnedAway() {
        return turnedAway.get();
    }

    /** Every connection breaks, and new ones are refused, as when the server's process dies. */
    void breaksOff() {
        ServerSocket listening = entrance;
        if (listening != null) {
            closed(listening);
        }
        open.forEach(Way::closed);
    }

    private static void closed(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void comesBack() {
        serve(listen(port));
    }

    @Override
    public void close() {
        breaksOff();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(ServerSocket listening) {
        entrance = listening;
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket client = listening.accept();
                    open.add(client);
                    Thread.ofVirtual().start(() -> attend(client));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void attend(Socket client) {
        try (client) {
            if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                turnAway(client);
                return;
            }
            try (Socket server = new Socket("localhost", target)) {
                open.add(server);
                Thread back = Thread.ofVirtual().start(() -> pass(server, client));
                pass(client, server);
                back.join();
                open.remove(server);
            }
        } catch (IOException gone) {
            // One of the two sides broke off; the other has been told by closing.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void turnAway(Socket client) throws IOException {
        client.setSoTimeout(SILENCE_MS);
        try {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException saidEverything) {
            turnedAway.incrementAndGet();
        }
        client.getOutputStream().write("""
                HTTP/1.1 503 Service Unavailable\r
                Retry-After: 1\r
                Content-Length: 0\r
                Connection: close\r
                \r
                """.getBytes(StandardCharsets.US_ASCII));
    }

    private static void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException gone) {
            // The streams close both sockets.
        }
    }
}
