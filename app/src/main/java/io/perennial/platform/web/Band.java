package io.perennial.platform.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a state of health looks: colour class, word and shape. Screens never show one of them alone.
 */
public enum Band {
    HEALTHY("healthy", "Healthy"),
    WATCH("watch", "Watch"),
    AT_RISK("at-risk", "At risk"),
    UNKNOWN("unknown", "Unknown"),
    /** No customer any more; shown without a score. */
    LEFT("left", "Left");

    private final String style;
    private final String word;

    Band(String style, String word) {
        this.style = style;
        this.word = word;
    }

    /** Understands {@code AT_RISK}, {@code at-risk} and {@code At risk}; anything else is unknown. */
    public static Band of(@Nullable String name) {
        if (name == null) {
            return UNKNOWN;
        }
        String constant =
                name.strip().toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        for (Band band : values()) {
            if (band.name().equals(constant)) {
                return band;
            }
        }
        return UNKNOWN;
    }

    /** How a score looks: without one nothing is judged, but that somebody left can be said. */
    public static Band of(@Nullable Double score, @Nullable String name) {
        Band band = of(name);
        return score == null && band != LEFT ? UNKNOWN : band;
    }

    /** Last part of the CSS classes {@code band-...} and {@code chip-...}. */
    public String style() {
        return style;
    }

    public String word() {
        return word;
    }

    /** Inside of a 16 by 16 drawing: disc with check, triangle, octagon with mark, dashed ring, a door. */
    public String shape() {
        return switch (this) {
            case HEALTHY ->
                "<circle class=\"shape\" cx=\"8\" cy=\"8\" r=\"7\"/><path class=\"shape-mark\" d=\"M5 8.300l2.100 2.100L11.200 6\"/>";
            case WATCH ->
                "<path class=\"shape\" d=\"M8 1.500l6.900 12.300a.6.6 0 0 1-.5.9H1.600a.6.6 0 0 1-.5-.9z\"/>"
                        + "<path class=\"shape-mark\" d=\"M8 6.200v4M8 12.300v.1\"/>";
            case AT_RISK ->
                "<path class=\"shape\" d=\"M5.200 1h5.600L15 5.200v5.600L10.800 15H5.200L1 10.800V5.200z\"/>"
                        + "<path class=\"shape-mark\" d=\"M8 4.400v4.400M8 11.400v.1\"/>";
            case UNKNOWN -> "<circle class=\"shape-ring\" cx=\"8\" cy=\"8\" r=\"6.200\"/>";
            case LEFT -> "<path class=\"shape-left\" d=\"M7 2.500H2.500v11H7M6 8h7.500M10.800 5l3 3-3 3\"/>";
        };
    }
}
