package io.perennial.mail;

import java.net.IDN;
import java.util.Locale;

/**
 * What counts as an address that letters are sent to: one {@code local@domain}, no line breaks, no list, no bare IP address. The
 * mail server decides what exists. Local parts outside ASCII are refused, as most servers still do.
 */
public final class MailAddress {

    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST = 254;
    private static final String DOMAIN =
            "(?i)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*";
    private static final String ATOMS = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*";
    private static final String QUOTED = "\"[ !#-\\[\\]-~]+\"";

    private MailAddress() {}

    /**
     * @return the address with its domain in lower case, international domains in their ASCII form
     * @throws IllegalArgumentException with a sentence for whoever typed it
     */
    public static String of(String typed) {
        String text = typed.strip();
        int at = text.lastIndexOf('@');
        if (at < 1) {
            throw refused(text);
        }
        String local = text.substring(0, at);
        String domain = domain(text, at);
        if (local.length() > LONGEST_LOCAL
                || local.length() + 1 + domain.length() > LONGEST
                || !(local.matches(ATOMS) || local.matches(QUOTED))
                || !domain.matches(DOMAIN)
                || domain.matches("[0-9.]+")) {
            throw refused(text);
        }
        return local + "@" + domain;
    }

    /** Whether letters can be sent to it. */
    public static boolean isAddress(String typed) {
        try {
            of(typed);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** For comparing: people and servers write one address in many cases. */
    public static String folded(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    /** Control characters, line breaks among them, become blanks. */
    public static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    private static String domain(String text, int at) {
        try {
            return IDN.toASCII(text.substring(at + 1), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw refused(text);
        }
    }

    private static IllegalArgumentException refused(String text) {
        String shown = oneLine(text);
        return new IllegalArgumentException("“" + (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown)
                + "” is no address we can write to.");
    }
}
