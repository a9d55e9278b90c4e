package io.perennial.mail.in;

import io.perennial.mail.MailAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The head of a letter, read as forgivingly as programs write it. */
final class Heads {

    private static final Pattern IDENTITY = Pattern.compile("<[^<>\\s]{1,900}>");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"(),;:]{1,64}@[^\\s<>\"(),;:]{1,255}");
    private static final int MOST_ADDRESSES = 200;
    private static final int MOST_REFERENCES = 100;
    private static final int LONGEST = 1_000;

    private Heads() {}

    record Person(String address, @Nullable String name) {}

    /** The first header of this name, decoded, on one line; empty when there is none. */
    static String line(Part part, String name) throws MessagingException {
        String[] all = part.getHeader(name);
        return all == null ? "" : decoded(all[0]);
    }

    static String decoded(String raw) {
        String text;
        try {
            text = MimeUtility.decodeText(MimeUtility.unfold(raw));
        } catch (UnsupportedEncodingException e) {
            text = raw;
        }
        String line = MailAddress.oneLine(text).replaceAll(" {2,}", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }

    static List<Person> people(Part part, String name) throws MessagingException {
        String[] all = part.getHeader(name);
        List<Person> people = new ArrayList<>();
        if (all != null) {
            for (String header : all) {
                parse(header, people);
            }
        }
        return people.subList(0, Math.min(people.size(), MOST_ADDRESSES));
    }

    static List<String> addresses(Part part, String name) throws MessagingException {
        return people(part, name).stream().map(Person::address).distinct().toList();
    }

    /** {@code <...>} in any of these headers, each once, in order. */
    static List<String> identities(Part part, String... names) throws MessagingException {
        Set<String> found = new LinkedHashSet<>();
        for (String name : names) {
            String[] all = part.getHeader(name);
            for (String header : all == null ? new String[0] : all) {
                Matcher matcher = IDENTITY.matcher(header);
                while (matcher.find() && found.size() < MOST_REFERENCES) {
                    // Moved to the end when it is named again: what is answered comes last.
                    found.remove(matcher.group());
                    found.add(matcher.group());
                }
            }
        }
        return List.copyOf(found);
    }

    private static void parse(String header, List<Person> people) {
        try {
            for (InternetAddress address : InternetAddress.parseHeader(MimeUtility.unfold(header), false)) {
                String text = address.getAddress();
                if (text != null && ADDRESS.matcher(text).matches()) {
                    String name = address.getPersonal();
                    people.add(new Person(
                            text.toLowerCase(Locale.ROOT), name == null || name.isBlank() ? null : decoded(name)));
                }
            }
        } catch (AddressException broken) {
            Matcher matcher = ADDRESS.matcher(header);
            while (matcher.find()) {
                people.add(new Person(matcher.group().toLowerCase(Locale.ROOT), null));
            }
        }
    }
}
