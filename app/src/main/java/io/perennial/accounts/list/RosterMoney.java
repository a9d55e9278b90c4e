package io.perennial.accounts.list;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exact amounts in eight bytes each, to be summed quickly; rare ones that do not fit are kept whole. */
final class RosterMoney {

    private static final int LARGEST_SCALE = 15;
    private static final byte NOTHING = -1;
    private static final byte WHOLE = -2;

    private long[] units;
    private byte[] scales;
    private final Map<Integer, BigDecimal> whole = new HashMap<>();

    RosterMoney(int size) {
        units = new long[size];
        scales = new byte[size];
    }

    void grow(int size) {
        units = Arrays.copyOf(units, size);
        scales = Arrays.copyOf(scales, size);
    }

    void put(int place, @Nullable BigDecimal amount) {
        whole.remove(place);
        if (amount == null) {
            scales[place] = NOTHING;
            return;
        }
        BigInteger unscaled = amount.unscaledValue();
        if (amount.scale() < 0 || amount.scale() > LARGEST_SCALE || unscaled.bitLength() > 62) {
            scales[place] = WHOLE;
            whole.put(place, amount);
        } else {
            scales[place] = (byte) amount.scale();
            units[place] = unscaled.longValue();
        }
    }

    /** A sum in the making; null while nothing was added. */
    final class Sum {

        private final long[] byScale = new long[LARGEST_SCALE + 1];
        private int seen;
        private @Nullable BigDecimal rest;

        void add(int place) {
            byte scale = scales[place];
            if (scale == NOTHING) {
                return;
            }
            BigDecimal amount = scale == WHOLE ? whole.get(place) : null;
            if (amount != null) {
                rest = rest == null ? amount : rest.add(amount);
                return;
            }
            long sum = byScale[scale] + units[place];
            if (((byScale[scale] ^ sum) & (units[place] ^ sum)) < 0) {
                BigDecimal full = BigDecimal.valueOf(byScale[scale], scale);
                rest = rest == null ? full : rest.add(full);
                sum = units[place];
            }
            byScale[scale] = sum;
            seen |= 1 << scale;
        }

        @Nullable
        BigDecimal total() {
            BigDecimal total = rest;
            for (int scale = 0; scale <= LARGEST_SCALE; scale++) {
                if ((seen & 1 << scale) != 0) {
                    BigDecimal part = BigDecimal.valueOf(byScale[scale], scale);
                    total = total == null ? part : total.add(part);
                }
            }
            return total;
        }
    }
}
