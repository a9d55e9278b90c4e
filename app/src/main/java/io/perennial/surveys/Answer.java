package io.perennial.surveys;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One answer as the account page shows it. */
public record Answer(
        UUID id,
        String kind,
        @Nullable BigDecimal score,
        @Nullable BigDecimal scaleMax,
        @Nullable String comment,
        @Nullable String survey,
        @Nullable UUID contactId,
        Instant answeredAt) {

    /** {@code 9 of 10}, or empty when only words were given. */
    public String scoreWords() {
        if (score == null) {
            return "";
        }
        String best =
                scaleMax != null ? scaleMax.stripTrailingZeros().toPlainString() : kind.equals("nps") ? "10" : "5";
        return score.stripTrailingZeros().toPlainString() + " of " + best;
    }

    public String kindWords() {
        return switch (kind) {
            case "nps" -> "NPS";
            case "csat" -> "Satisfaction";
            case "ces" -> "Effort";
            case "success" -> "Success";
            case "renewal" -> "Renewal";
            default -> "Exit";
        };
    }

    /** Detractors and passives stand out; null for the others. */
    public @Nullable String tone() {
        if (!kind.equals("nps") || score == null) {
            return null;
        }
        double points =
                score.doubleValue() * 10 / (scaleMax == null || scaleMax.signum() == 0 ? 10 : scaleMax.doubleValue());
        return points <= Answers.DETRACTOR ? "at-risk" : points < 9 ? "watch" : "healthy";
    }
}
