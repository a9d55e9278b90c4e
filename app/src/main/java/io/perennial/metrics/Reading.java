package io.perennial.metrics;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a metric from the facts. */
public interface Reading {

    Answer read(Question question);

    /** Ids of the definitions that facts can answer. */
    Set<String> definitions();

    Set<Dimension> dimensions();

    /** The rows behind a figure, the most telling first. */
    default Rows rows(Question question, Part part, int page) {
        return Rows.NONE;
    }

    /** The statement that answers, as it is sent; empty where another module answers. */
    default String sql(Question question) {
        return "";
    }

    /** The days that are read when nothing is said about the period. */
    default int usualDays() {
        return 90;
    }

    /** What stands above the columns of the rows. */
    default Heads heads() {
        return Heads.CASES;
    }

    /** @param thing what a row is about */
    record Heads(String thing, String customer, String moment, String none) {
        public static final Heads CASES = new Heads("Case", "Customer", "Moment", "No case here.");
    }

    /** Which of the rows. */
    enum Part {
        BASE,
        COUNTED,
        NOT_COUNTED,
        EXCLUDED;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Part of(String key) {
            for (Part part : values()) {
                if (part.key().equals(key)) {
                    return part;
                }
            }
            return BASE;
        }
    }

    /** One page of rows; {@code all} are there. */
    record Rows(List<Row> rows, long all) {
        public static final int PAGE = 50;

        public static final Rows NONE = new Rows(List.of(), 0);
    }

    /**
     * @param url of the thing counted
     * @param value what it adds, as people read it
     */
    record Row(String url, String title, String customer, String customerUrl, Instant at, String value) {}
}
