package io.perennial.events.door;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where events may be sent. The short forms are those of Segment's browser library. */
final class Addresses {

    static final String CLOUD_EVENTS = "/api/v1/events";

    /** @param implied what one event sent here is, when it does not say itself; null for lists */
    record Address(Shape shape, @Nullable Kind implied) {}

    private static final Map<String, Address> ALL = all();

    private Addresses() {}

    private static Map<String, Address> all() {
        Map<String, Address> all = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            all.put("/v1/" + kind.text(), new Address(Shape.SINGLE, kind));
            all.put("/v1/" + kind.text().charAt(0), new Address(Shape.SINGLE, kind));
        }
        Address batch = new Address(Shape.BATCH, null);
        all.put("/v1/batch", batch);
        all.put("/v1/import", batch);
        all.put("/v1/b", batch);
        all.put(CLOUD_EVENTS, new Address(Shape.CLOUD_BATCH, null));
        return all;
    }

    /** For the servlet container; clients of Segment's end some with a slash. */
    static String[] patterns() {
        return ALL.keySet().stream()
                .flatMap(path -> Stream.of(path, path + "/"))
                .toArray(String[]::new);
    }

    static @Nullable Address of(String path) {
        return ALL.get(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }
}
