package io.perennial.knowledge;

import java.util.Locale;

/** For whom an article is, and who asks: staff sees all articles, customers see theirs only. */
public enum Audience {
    INTERNAL,
    CUSTOMERS;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return this == INTERNAL ? "Internal" : "Customers";
    }

    /** Anything unknown is internal: what was not meant for customers never reaches them. */
    public static Audience of(String key) {
        return key.equals(CUSTOMERS.key()) ? CUSTOMERS : INTERNAL;
    }

    /** Keys of the articles that this audience may see. */
    String[] sees() {
        return this == INTERNAL ? new String[] {INTERNAL.key(), CUSTOMERS.key()} : new String[] {CUSTOMERS.key()};
    }
}
