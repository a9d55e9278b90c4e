package io.perennial.metrics;

import java.util.List;

/**
 * What the facts say.
 *
 * @param groups of the dimension asked for: months in their order, others with the most cases first
 * @param left how many groups there are beyond these
 */
public record Answer(Figure total, List<Group> groups, int left) {

    /** @param key empty where the fact does not say */
    public record Group(String key, String name, Figure figure) {}

    public static Answer of(Figure total) {
        return new Answer(total, List.of(), 0);
    }
}
