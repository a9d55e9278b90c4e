package io.perennial.growth;

/** Why nothing was kept, in a sentence for the person. */
public final class GrowthRefused extends RuntimeException {

    public GrowthRefused(String message) {
        super(message);
    }
}
