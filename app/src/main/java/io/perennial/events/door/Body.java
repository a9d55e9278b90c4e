package io.perennial.events.door;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** The body of one request, unpacked, within the bounds of size and time. Gives its room back when closed. */
final class Body implements AutoCloseable {

    private static final int FIRST_STEP = 16 * 1024;
    private static final int LIMIT = DoorLimits.BODY_BYTES;

    private final Room room;
    private byte[] bytes = new byte[0];
    private int length;

    private Body(Room room) {
        this.room = room;
    }

    /**
     * @throws Refused when it is too large, too slow, packed wrongly, or there is no room for it
     * @throws IOException when the client went away
     */
    static Body read(HttpServletRequest request, Room room) throws Refused, IOException {
        String encoding = encoding(request);
        long announced = request.getContentLengthLong();
        if (announced > LIMIT) {
            throw tooLarge();
        }
        Body body = new Body(room);
        try {
            body.fill(request.getInputStream(), announced);
            if (announced > body.length) {
                throw Refused.badRequest("incomplete_body", "The connection ended before the body did.");
            }
            if (encoding.equals("gzip") || body.looksPacked()) {
                body.unpack();
            }
            return body;
        } catch (Refused | IOException | RuntimeException e) {
            body.close();
            throw e;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Something else stands for it from now on. */
    void become(byte[] other) throws Refused {
        if (other.length > bytes.length && !room.take(other.length - bytes.length)) {
            throw Refused.full();
        }
        if (other.length < bytes.length) {
            room.give(bytes.length - other.length);
        }
        bytes = other;
        length = other.length;
    }

    @Override
    public void close() {
        room.give(bytes.length);
        bytes = new byte[0];
        length = 0;
    }

    private static String encoding(HttpServletRequest request) throws Refused {
        String encoding = request.getHeader("Content-Encoding");
        String named = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        if (!named.equals("identity") && !named.equals("gzip")) {
            throw new Refused(415, "unsupported_encoding", "Send the body as it is or packed with gzip.", 0);
        }
        return named;
    }

    private void fill(InputStream in, long announced) throws Refused, IOException {
        long until = System.nanoTime() + DoorLimits.BODY_WITHIN.toNanos();
        while (true) {
            if (length == bytes.length) {
                if (announced >= 0 && length == announced) {
                    return;
                }
                grow(announced);
            }
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                return;
            }
            length += read;
            if (length > LIMIT) {
                throw tooLarge();
            }
            if (System.nanoTime() > until) {
                throw new Refused(408, "too_slow", "The body took too long to arrive.", 0);
            }
        }
    }

    /** Doubles, and never beyond what was announced: waiting costs a client's room only for what it really sent. */
    private void grow(long announced) throws Refused {
        long wanted = Math.max(FIRST_STEP, bytes.length * 2L);
        int larger = (int) Math.min(announced >= 0 ? Math.min(wanted, announced) : wanted, LIMIT + 1L);
        if (!room.take(larger - bytes.length)) {
            throw Refused.full();
        }
        bytes = Arrays.copyOf(bytes, larger);
    }

    /** Some clients pack and forget to say so; no JSON starts like this. */
    private boolean looksPacked() {
        return length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    }

    private void unpack() throws Refused {
        byte[] packed = bytes;
        int packedLength = length;
        bytes = new byte[0];
        length = 0;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed, 0, packedLength), FIRST_STEP)) {
            fill(in, -1);
        } catch (IOException broken) {
            throw Refused.badRequest("invalid_gzip", "The body cannot be unpacked with gzip.");
        } finally {
            room.give(packed.length);
        }
    }

    private static Refused tooLarge() {
        return Refused.badRequest(
                "batch_too_large", "At most %,d bytes are read. Send fewer events at once.".formatted(LIMIT));
    }
}
