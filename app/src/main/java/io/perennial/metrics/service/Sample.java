package io.perennial.metrics.service;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;

/** Adds up the days of one figure. A spread keeps all values until the end, so that percentiles are those of the values. */
final class Sample {

    private final boolean spread;
    private final long[] leftOut;
    private long n;
    private long hits;
    private double[] values = new double[0];
    private int size;

    Sample(Spec spec) {
        spread = spec.value() != null;
        leftOut = new long[spec.leftOut().size()];
    }

    void add(DayFigures.Day day) {
        n += day.n();
        hits += day.hits();
        for (int i = 0; i < leftOut.length; i++) {
            leftOut[i] += day.leftOut()[i];
        }
        byte[] packed = day.spread();
        if (spread && packed != null) {
            DoubleBuffer more = ByteBuffer.wrap(packed).asDoubleBuffer();
            int count = more.remaining();
            if (size + count > values.length) {
                values = Arrays.copyOf(values, Math.max(size + count, values.length * 2));
            }
            more.get(values, size, count);
            size += count;
        }
    }

    Tally tally() {
        if (!spread || size == 0) {
            return new Tally(n, hits, leftOut, null, 0);
        }
        Arrays.sort(values, 0, size);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += values[i];
        }
        double[] percentiles = new double[Tally.PERCENTILES.length];
        for (int p = 0; p < percentiles.length; p++) {
            percentiles[p] = percentile(Tally.PERCENTILES[p] / 100);
        }
        return new Tally(n, hits, leftOut, percentiles, sum / size);
    }

    /** Between its two neighbours, as {@code percentile_cont}. */
    private double percentile(double share) {
        double place = share * (size - 1);
        int below = (int) Math.floor(place);
        double low = values[below];
        double high = values[(int) Math.ceil(place)];
        return low + (place - below) * (high - low);
    }
}
