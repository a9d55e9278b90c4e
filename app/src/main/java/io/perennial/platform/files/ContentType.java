package io.perennial.platform.files;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a file is, by its first bytes: names and declared types are claims of the sender. */
final class ContentType {

    /** Enough for every mark below. */
    static final int LOOKED_AT = 512;

    static final String UNKNOWN = "application/octet-stream";

    private record Mark(int at, String bytes, String type) {}

    private static final List<Mark> MARKS = List.of(
            new Mark(0, "\u0089PNG\r\n\u001a\n", "image/png"),
            new Mark(0, "\u00ff\u00d8\u00ff", "image/jpeg"),
            new Mark(0, "GIF87a", "image/gif"),
            new Mark(0, "GIF89a", "image/gif"),
            new Mark(8, "WEBP", "image/webp"),
            new Mark(0, "%PDF-", "application/pdf"),
            new Mark(0, "PK\u0003\u0004", "application/zip"),
            new Mark(0, "PK\u0005\u0006", "application/zip"),
            new Mark(0, "\u001f\u008b", "application/gzip"),
            new Mark(0, "7z\u00bc\u00af'\u001c", "application/x-7z-compressed"),
            new Mark(0, "Rar!\u001a\u0007", "application/vnd.rar"),
            new Mark(0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "application/x-ole-storage"),
            new Mark(0, "MZ", "application/vnd.microsoft.portable-executable"),
            new Mark(0, "\u007fELF", "application/x-elf"),
            new Mark(4, "ftyp", "video/mp4"));

    private static final List<String> MARKUP =
            List.of("<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<svg", "<?xml");

    private ContentType() {}

    /** @param first at least {@value #LOOKED_AT} bytes, or all there are */
    static String of(byte[] first, int length) {
        String bytes = new String(first, 0, Math.min(length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        for (Mark mark : MARKS) {
            if (bytes.startsWith(mark.bytes(), mark.at())) {
                return mark.type();
            }
        }
        String text = bytes.stripLeading().toLowerCase(Locale.ROOT);
        if (MARKUP.stream().anyMatch(text::contains)) {
            return text.contains("<svg") ? "image/svg+xml" : text.startsWith("<?xml") ? "application/xml" : "text/html";
        }
        return length > 0 && isText(bytes) ? "text/plain" : UNKNOWN;
    }

    private static boolean isText(String bytes) {
        return bytes.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f');
    }
}
