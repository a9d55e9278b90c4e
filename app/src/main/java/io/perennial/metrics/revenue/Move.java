package io.perennial.metrics.revenue;

import java.util.Locale;
import java.util.Optional;

/**
 * What became of a customer between two days; each is in one of these for each currency. Agreed prices and exchange rates may move a
 * customer's revenue besides.
 */
public enum Move {
    NEW("New", "customers who never paid before"),
    REACTIVATION("Reactivation", "customers who had left and came back"),
    EXPANSION("Expansion", "customers who pay more"),
    /** A part of what made customers dearer: one may expand besides. */
    PRICE_ESCALATOR("Agreed prices", "escalators and uplifts that took effect"),
    CONTRACTION("Contraction", "customers who pay less"),
    CHURN("Churn", "customers who left"),
    /** Only where a company counts at the rates of each day. Nothing that customers do is in it. */
    FX("Exchange rates", "what rates did to revenue that stayed"),
    SAME("Unchanged", "customers who pay the same"),
    IN_PERIOD("Within the period", "customers who came and left between both days");

    private final String title;
    private final String meaning;

    Move(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    /** Which rows of {@code contracts.revenue_movements} it is about. */
    String condition() {
        return switch (this) {
            case PRICE_ESCALATOR -> "f.priced > 0";
            case FX -> "f.fx <> 0";
            default -> "f.movement = '" + key() + "'";
        };
    }

    /** As in SQL and in addresses. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }

    public static Optional<Move> of(String key) {
        for (Move move : values()) {
            if (move.key().equals(key)) {
                return Optional.of(move);
            }
        }
        return Optional.empty();
    }
}
