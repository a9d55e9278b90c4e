package io.perennial.onboarding;

/** Why nothing was changed, as a sentence for whoever asked. */
public final class Refused extends RuntimeException {

    public Refused(String why) {
        super(why, null, false, false);
    }

    public String why() {
        return String.valueOf(getMessage());
    }
}
