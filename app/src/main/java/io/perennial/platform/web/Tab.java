package io.perennial.platform.web;

import org.jspecify.annotations.Nullable;

/**
 * A tab is a link to a page of its own.
 *
 * @param count shown beside the title; null for none
 */
public record Tab(
        String title, String url, boolean current, @Nullable Long count) {

    public Tab(String title, String url, boolean current) {
        this(title, url, current, null);
    }
}
