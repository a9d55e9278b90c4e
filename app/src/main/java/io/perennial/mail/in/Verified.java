package io.perennial.mail.in;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the house's own mail server found that the domain of the sender vouches for a letter (RFC 8601). Only the topmost result
 * counts, and only when it carries the name that was set: further down, anybody may have written anything.
 */
final class Verified {

    private static final Pattern SIGNED = Pattern.compile("\\bdkim=pass\\b[^;]*\\bheader\\.(?:d|i)=@?([\\w.-]+)");
    private static final Pattern MAILED =
            Pattern.compile("\\bspf=pass\\b[^;]*\\bsmtp\\.mailfrom=(?:[^\\s;@]*@)?([\\w.-]+)");

    private Verified() {}

    static boolean sender(MimeMessage letter, String from, String trustedServer) throws MessagingException {
        String[] results = letter.getHeader("Authentication-Results");
        int at = from.lastIndexOf('@');
        if (trustedServer.isBlank() || results == null || at < 0) {
            return false;
        }
        String said = Heads.decoded(results[0]).toLowerCase(Locale.ROOT);
        String server = said.split("[\\s;]", 2)[0];
        if (!server.equals(trustedServer.toLowerCase(Locale.ROOT))) {
            return false;
        }
        String domain = from.substring(at + 1);
        return said.contains("dmarc=pass") || vouches(SIGNED, said, domain) || vouches(MAILED, said, domain);
    }

    private static boolean vouches(Pattern pattern, String said, String domain) {
        Matcher matcher = pattern.matcher(said);
        while (matcher.find()) {
            String by = matcher.group(1);
            if (domain.equals(by) || (by.contains(".") && domain.endsWith("." + by))) {
                return true;
            }
        }
        return false;
    }
}
