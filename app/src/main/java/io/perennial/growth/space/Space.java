package io.perennial.growth.space;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What customers have and do not have, by segment and product.
 *
 * @param left products with fewer owners, which are not shown
 * @param asOf when peers were last compared; null before the first time
 */
public record Space(
        List<Product> products,
        List<Segment> segments,
        long left,
        @Nullable Instant asOf) {

    /** @param owners live customers of the whole company who have it */
    public record Product(String name, boolean service, long owners) {}

    /** @param name empty for customers without a segment */
    public record Segment(String name, long accounts, List<Cell> cells) {}

    /**
     * @param owners customers of the segment who have the product, among those whom the viewer sees
     * @param missing those who do not
     * @param peers share of the whole segment that has it, in percent
     * @param estimates per currency; those of missing customers whose currency no peer pays in are not in it
     */
    public record Cell(String product, long owners, long missing, int peers, List<Estimate> estimates, long unpriced) {}

    /** Per currency, over all cells. */
    public List<Estimate> totals() {
        Map<String, Estimate> totals = new LinkedHashMap<>();
        segments.stream()
                .flatMap(segment -> segment.cells().stream())
                .flatMap(cell -> cell.estimates().stream())
                .forEach(one -> totals.merge(one.currency(), one, Estimate::and));
        List<Estimate> found = new ArrayList<>(totals.values());
        found.sort(java.util.Comparator.comparing(Estimate::amount).reversed());
        found.removeIf(one -> one.amount().compareTo(BigDecimal.ZERO) == 0);
        return found;
    }

    public boolean empty() {
        return products.isEmpty();
    }
}
