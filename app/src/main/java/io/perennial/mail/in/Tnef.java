package io.perennial.mail.in;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The files inside a {@code winmail.dat}, in which Outlook packs them for other Outlooks. Reads only what the format says at its
 * top level: a title and data for each file. Anything else in it, and anything broken, is passed over.
 */
final class Tnef {

    private static final int SIGNATURE = 0x223E9F78;
    private static final int NEW_FILE = 0x00069002;
    private static final int TITLE = 0x00018010;
    private static final int DATA = 0x0006800F;
    private static final int MOST_FILES = 50;

    private Tnef() {}

    record Packed(String name, byte[] content) {}

    static List<Packed> files(byte[] packed) {
        List<Packed> files = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 6 || in.getInt() != SIGNATURE) {
            return files;
        }
        in.getShort();
        String name = "";
        // Level, attribute, length, content, checksum.
        while (in.remaining() >= 11 && files.size() < MOST_FILES) {
            in.get();
            int attribute = in.getInt();
            int length = in.getInt();
            if (length < 0 || length > in.remaining() - 2) {
                return files;
            }
            byte[] value = new byte[length];
            in.get(value);
            in.getShort();
            if (attribute == NEW_FILE) {
                name = "";
            } else if (attribute == TITLE) {
                name = new String(value, StandardCharsets.ISO_8859_1).replace("\u0000", "");
            } else if (attribute == DATA) {
                files.add(new Packed(name.isBlank() ? "file" : name, value));
            }
        }
        return files;
    }
}
