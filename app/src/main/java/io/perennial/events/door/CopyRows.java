package io.perennial.events.door;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of the inbox in PostgreSQL's binary COPY format, made by the request that brings them. */
final class CopyRows {

    static final String STATEMENT =
            "copy events.inbox (received_on, received_at, source_id, message, kind, occurred_at, user_ref,"
                    + " anonymous_ref, account_ref, name, body) from stdin (format binary)";

    /** Signature, no flags, no extension. */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};

    private static final short COLUMNS = 11;
    /** Everything of a row but its texts. */
    private static final int FIXED = 2 + COLUMNS * 4 + 4 + 8 + 4 + 16 + 2 + 8;

    private static final int FIRST_SIZE = 512;

    /** PostgreSQL counts from the year 2000. */
    private static final int DAYS_TO_2000 = 10_957;

    private static final long MICROS_TO_2000 = 946_684_800_000_000L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int length;

    CopyRows(int expected) {
        this.bytes = new byte[Math.max(FIRST_SIZE, expected)];
    }

    static byte[] header() {
        return HEADER.clone();
    }

    static byte[] trailer() {
        return TRAILER.clone();
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Texts hold no NUL and the body is UTF-8; times are microseconds since 1970. */
    void add(
            long receivedAt,
            int source,
            byte[] digest,
            Kind kind,
            long occurredAt,
            @Nullable String user,
            @Nullable String anonymous,
            @Nullable String account,
            @Nullable String name,
            byte[] text,
            int from,
            int to) {
        ensure(FIXED + to - from);
        putShort(COLUMNS);
        putInt(4);
        putInt((int) (Math.floorDiv(receivedAt, MICROS_PER_DAY) - DAYS_TO_2000));
        putTime(receivedAt);
        putInt(4);
        putInt(source);
        putInt(16);
        System.arraycopy(digest, 0, bytes, length, 16);
        length += 16;
        putInt(2);
        putShort(kind.number());
        putTime(occurredAt);
        put(user);
        put(anonymous);
        put(account);
        put(name);
        ensure(4 + to - from);
        putInt(to - from);
        System.arraycopy(text, from, bytes, length, to - from);
        length += to - from;
    }

    private void putTime(long micros) {
        putInt(8);
        LONG.set(bytes, length, micros - MICROS_TO_2000);
        length += 8;
    }

    private void put(@Nullable String text) {
        if (text == null) {
            ensure(4);
            putInt(-1);
            return;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ensure(4 + encoded.length);
        putInt(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private void putShort(short value) {
        SHORT.set(bytes, length, value);
        length += 2;
    }

    private void putInt(int value) {
        INT.set(bytes, length, value);
        length += 4;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
        }
    }
}
