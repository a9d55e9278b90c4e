package io.perennial.mail.in;

import io.perennial.mail.in.Read.Failure;
import io.perennial.mail.in.Read.Unwanted;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Delivery reports (RFC 3464): blocks of headers, one about the letter and one for each address. */
final class Reports {

    private Reports() {}

    /** @return the first address that the letter did not reach; null when it is only late, or has arrived */
    static @Nullable Failure failure(String report, @Nullable String original) throws MessagingException {
        for (String block : report.replace("\r\n", "\n").split("\n\\s*\n", -1)) {
            InternetHeaders fields = new InternetHeaders(
                    new ByteArrayInputStream((block.strip() + "\n\n").getBytes(StandardCharsets.UTF_8)), true);
            if ("failed".equals(value(fields, "Action").toLowerCase(Locale.ROOT))) {
                String address = address(value(fields, "Original-Recipient"));
                if (address == null) {
                    address = address(value(fields, "Final-Recipient"));
                }
                String status = value(fields, "Status");
                String diagnosis = value(fields, "Diagnostic-Code").replaceFirst("(?i)^\\s*[\\w-]+\\s*;\\s*", "");
                String reason = diagnosis.contains(status) ? diagnosis : (status + " " + diagnosis).strip();
                return new Failure(address, original, reason.isEmpty() ? "No reason was given." : reason);
            }
        }
        return null;
    }

    /** @return who complained, as far as it is said; null when it reports something else than that a letter was unwanted */
    static @Nullable Unwanted unwanted(String report, @Nullable String original) throws MessagingException {
        InternetHeaders fields = new InternetHeaders(
                new ByteArrayInputStream(
                        (report.replace("\r\n", "\n").strip() + "\n\n").getBytes(StandardCharsets.UTF_8)),
                true);
        String kind = value(fields, "Feedback-Type").toLowerCase(Locale.ROOT);
        if (kind.isEmpty() || kind.equals("not-spam") || kind.equals("auth-failure")) {
            return null;
        }
        String by = value(fields, "User-Agent");
        return new Unwanted(
                address(value(fields, "Original-Rcpt-To")), original, by.isEmpty() ? kind : kind + ", told by " + by);
    }

    private static String value(InternetHeaders fields, String name) {
        String raw = fields.getHeader(name, null);
        return raw == null ? "" : Heads.decoded(raw);
    }

    private static @Nullable String address(String typed) {
        int semicolon = typed.indexOf(';');
        String address = typed.substring(semicolon + 1).strip().replaceAll("^<|>$", "");
        return address.contains("@") ? address.toLowerCase(Locale.ROOT) : null;
    }
}
