package io.perennial.identity.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Who may use which route, as a file that people read and review: one row per route and method, yes or no per caller. */
record AuthorisationMatrix(Map<Route, Map<String, Boolean>> rows) {

    static final List<String> CALLERS = List.of(
            "anonymous", "ADMIN", "LEADER", "CSM", "SUPPORT", "READ_ONLY", "key read", "key write", "key import");

    private static final Path FILE = Path.of("src/test/resources/authorisation-matrix.csv");

    record Route(String path, String method) implements Comparable<Route> {

        @Override
        public int compareTo(Route other) {
            return (path + " " + method).compareTo(other.path + " " + other.method);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static AuthorisationMatrix read() {
        try {
            Map<Route, Map<String, Boolean>> rows = new TreeMap<>();
            List<String> lines = Files.readAllLines(FILE);
            for (String line : lines.subList(1, lines.size())) {
                List<String> cells = List.of(line.split(",", -1));
                Map<String, Boolean> allowed = new LinkedHashMap<>();
                for (int i = 0; i < CALLERS.size(); i++) {
                    allowed.put(CALLERS.get(i), cells.get(i + 2).equals("yes"));
                }
                rows.put(new Route(cells.get(0), cells.get(1)), allowed);
            }
            return new AuthorisationMatrix(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Route> without(Collection<Route> routes) {
        return rows.keySet().stream().filter(route -> !routes.contains(route)).toList();
    }

    /** The same with a row for every route that has none, and without rows of routes that are gone. */
    AuthorisationMatrix fitted(Set<Route> routes, BiPredicate<Route, String> proposal) {
        Map<Route, Map<String, Boolean>> fitted = new TreeMap<>();
        for (Route route : routes) {
            Map<String, Boolean> row = new LinkedHashMap<>();
            CALLERS.forEach(caller -> row.put(caller, proposal.test(route, caller)));
            fitted.put(route, rows.getOrDefault(route, row));
        }
        return new AuthorisationMatrix(fitted);
    }

    void write() {
        List<String> lines = new ArrayList<>();
        lines.add("route,method," + String.join(",", CALLERS));
        rows.forEach((route, allowed) -> lines.add(route.path() + "," + route.method() + ","
                + CALLERS.stream()
                        .map(caller -> allowed.getOrDefault(caller, false) ? "yes" : "no")
                        .collect(Collectors.joining(","))));
        try {
            Files.write(FILE, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
