package io.perennial.sentiment;

/**
 * A text with the tone that people gave it.
 *
 * @param said {@code upset}, {@code neutral} or {@code glad}
 * @param kind a sentence that somebody could have written, a single word, or a frame filled with one
 */
record Lesson(String said, String text, Tongue tongue, Kind kind) {

    /** What somebody could have written teaches more than what was put together. */
    enum Kind {
        SENTENCE(10),
        WORD(4),
        FRAME(1);

        final int counts;

        Kind(int counts) {
            this.counts = counts;
        }
    }
}
