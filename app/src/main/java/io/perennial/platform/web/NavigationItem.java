package io.perennial.platform.web;

import java.util.Set;

/**
 * An entry of the left rail; modules contribute them as beans.
 *
 * @param group heading: "", "Customers", "Deliver", "Support", "Keep &amp; grow", "Insight", "Admin"
 * @param order within the whole rail
 * @param key second key after G, or empty
 * @param roles names of the roles that see it; empty for all
 */
public record NavigationItem(
        String title, String url, String icon, String group, int order, String key, Set<String> roles) {}
