package io.perennial.cases.web;

import io.perennial.cases.desk.Queue;
import io.perennial.cases.desk.QueueFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A queue as its address says it: {@code view=mine&priority=high}. The last one that somebody looked at is remembered for their
 * session, so that a case knows which comes next.
 */
public record QueueAddress(Queue.View view, QueueFilter filter) {

    private static final String LAST = "case-queue";

    static QueueAddress of(Map<String, String> parameters) {
        return new QueueAddress(
                Queue.View.of(parameters.getOrDefault("view", "")),
                new QueueFilter(
                        parameters.getOrDefault("skill", ""),
                        parameters.getOrDefault("priority", ""),
                        parameters.getOrDefault("team", ""),
                        parameters.getOrDefault("tag", ""),
                        parameters.getOrDefault("q", "")));
    }

    static QueueAddress parse(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            if (sides.length == 2) {
                parameters.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
            }
        }
        return of(parameters);
    }

    /** The queue that this person looked at last; what is due next when there is none. */
    static QueueAddress last(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(LAST) instanceof String query ? parse(query) : parse("");
    }

    void remember(HttpServletRequest request) {
        request.getSession().setAttribute(LAST, query());
    }

    /** Without what narrows nothing; {@code view} always. */
    public String query() {
        return "view=" + view.key() + filterQuery();
    }

    public String url() {
        return "/cases?" + query();
    }

    String on(Queue.View other) {
        return "/cases?view=" + other.key() + filterQuery();
    }

    private String filterQuery() {
        return part("skill", filter.product())
                + part("priority", filter.priority())
                + part("team", filter.team())
                + part("tag", filter.tag())
                + part("q", filter.words());
    }

    private static String part(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
