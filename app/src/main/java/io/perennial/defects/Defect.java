package io.perennial.defects;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with what we sell.
 *
 * @param cause key of a {@link Cause}, or the word that an import brought
 * @param workaround Markdown
 * @param cost by hand; null when it is counted from cases
 * @param settledAt fixed or refused since then; null while it is open
 * @param releases how often it was fixed
 */
public record Defect(
        UUID id,
        long number,
        String title,
        String description,
        String product,
        String feature,
        String cause,
        Severity severity,
        DefectState state,
        String workaround,
        @Nullable LocalDate plannedFor,
        String fixedIn,
        @Nullable LocalDate fixedOn,
        String refusal,
        @Nullable BigDecimal cost,
        @Nullable String costCurrency,
        String costNote,
        Instant foundAt,
        @Nullable Instant settledAt,
        int releases,
        Instant updatedAt,
        int version) {

    /** As people say it: {@code D-131}. */
    public String tag() {
        return "D-" + number;
    }

    /** The product with its feature, or empty. */
    public String where() {
        return product.isEmpty() || feature.isEmpty() ? product + feature : product + " · " + feature;
    }

    /** The state with what belongs to it: {@code Fixed and released in 7.2}. */
    public String stateWords() {
        return switch (state) {
            case FIXED -> fixedIn.isEmpty() ? state.title() : state.title() + " in " + fixedIn;
            default -> state.title();
        };
    }

    public boolean isOpen() {
        return !state.isSettled();
    }
}
