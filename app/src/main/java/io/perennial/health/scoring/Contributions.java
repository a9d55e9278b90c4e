package io.perennial.health.scoring;

import io.perennial.health.model.Part;
import io.perennial.health.model.Score;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** What each measure contributed to a score, packed as in {@code health.score_change.parts}. */
final class Contributions {

    /** The segment's mean score, kept among the contributions so that they sum to the score. */
    static final String NORM = "";

    private static final int PART_BYTES = Integer.BYTES + Short.BYTES;
    private static final double CENTS = 100;

    private Contributions() {}

    static byte[] pack(Score score) {
        int counting = 1;
        for (Part part : score.parts()) {
            counting += part.contribution() != 0 ? 1 : 0;
        }
        ByteBuffer packed = ByteBuffer.allocate(counting * PART_BYTES);
        put(packed, NORM, score.norm());
        for (Part part : score.parts()) {
            if (part.contribution() != 0) {
                put(packed, part.measure(), part.contribution());
            }
        }
        return packed.array();
    }

    private static void put(ByteBuffer packed, String measure, double points) {
        packed.putInt(measure.hashCode()).putShort((short) Math.round(points * CENTS));
    }

    /** @param names the measure that has this hash */
    static Map<String, Double> unpack(byte[] parts, IntFunction<String> names) {
        Map<String, Double> contributions = new HashMap<>();
        ByteBuffer packed = ByteBuffer.wrap(parts);
        while (packed.hasRemaining()) {
            int measure = packed.getInt();
            contributions.put(measure == 0 ? NORM : names.apply(measure), packed.getShort() / CENTS);
        }
        return contributions;
    }
}
