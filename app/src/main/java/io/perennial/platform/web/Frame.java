package io.perennial.platform.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything around the content of a page. Made by {@link Frames}, handed to {@code platform/layout.jte}.
 *
 * @param section title of the navigation item that the page belongs to, or empty
 * @param trail pages above this one, outermost first
 * @param personName null when nobody is signed in
 * @param path of this request, without query
 */
public record Frame(
        String title,
        String section,
        List<Link> trail,
        List<Group> navigation,
        @Nullable String personName,
        @Nullable String personRole,
        String signOutUrl,
        Csrf csrf,
        String nonce,
        Preferences preferences,
        String path) {

    /** A named address. */
    public record Link(String title, String url) {}

    /** A heading of the left rail with its entries; the heading may be empty. */
    public record Group(String title, List<Entry> entries) {}

    /** An entry of the left rail. */
    public record Entry(String title, String url, String icon, String key, boolean current) {}

    /** What every form must carry; the token is empty where no protection is active. */
    public record Csrf(String parameter, String header, String token) {}

    /** The same frame one step deeper: shows {@code parent} in the breadcrumb. Outermost first. */
    public Frame under(String parent, String url) {
        List<Link> longer = new ArrayList<>(trail);
        longer.add(new Link(parent, url));
        return new Frame(
                title,
                section,
                List.copyOf(longer),
                navigation,
                personName,
                personRole,
                signOutUrl,
                csrf,
                nonce,
                preferences,
                path);
    }

    Frame asSample(List<Group> entries, String person, Preferences others) {
        return new Frame(title, section, trail, entries, person, "LEADER", signOutUrl, csrf, nonce, others, path);
    }

    public boolean isSignedIn() {
        return personName != null;
    }

    /** Up to two letters for the round mark of the person. */
    public String initials() {
        if (personName == null || personName.isBlank()) {
            return "?";
        }
        String[] words = personName.strip().split("\\s+", -1);
        String first = firstLetter(words[0]);
        return (words.length == 1 ? first : first + firstLetter(words[words.length - 1])).toUpperCase(Locale.ROOT);
    }

    /** Request headers that htmx sends along, as JSON. */
    public String htmxHeaders() {
        return csrf.token().isEmpty() ? "{}" : "{\"" + csrf.header() + "\":\"" + csrf.token() + "\"}";
    }

    private static String firstLetter(String word) {
        return word.substring(0, word.offsetByCodePoints(0, 1));
    }
}
