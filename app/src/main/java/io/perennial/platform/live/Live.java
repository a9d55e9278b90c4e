package io.perennial.platform.live;

/** Tells open pages that something changed. Only names travel; pages fetch again what they may see. */
public interface Live {

    /**
     * Sent after commit when called inside a transaction, else at once.
     *
     * @param topic such as {@code account:<id>}, {@code job:<id>}, {@code signals}, {@code today}
     */
    void changed(String topic);
}
