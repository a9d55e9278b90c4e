package io.perennial.onboarding;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What has to be true, as templates say it.
 *
 * @param subject name of the feature or the course; null for the others
 * @param count how many people, at least one
 */
public record Condition(Kind kind, @Nullable String subject, int count) {

    /** Nobody but a person says so. */
    public static final Condition TICKED = new Condition(Kind.TICKED, null, 1);

    /** Templates are for people; more is a typing error. */
    private static final int MOST_PEOPLE = 10_000;

    private static final Pattern FEATURE = Pattern.compile("(?i)feature\\s+(.{1,200}?)\\s+(?:first\\s+)?used");
    private static final Pattern LOGINS = Pattern.compile("(?i)(\\d{1,6})\\s+(?:people|users?|person)\\s+logged\\s+in");
    private static final Pattern ACCESS =
            Pattern.compile("(?i)access\\s+verified(?:\\s+by\\s+(\\d{1,6})\\s+(?:people|person|contacts?))?");
    private static final Pattern TRAINING = Pattern.compile(
            "(?i)training\\s+(.{1,200}?)\\s+completed(?:\\s+by\\s+(\\d{1,6})\\s+(?:people|person|contacts?))?");

    /** Where the fact comes from. */
    public enum Kind {
        TICKED("ticked"),
        FEATURE("feature"),
        LOGINS("logins"),
        ACCESS("access"),
        TRAINING("training"),
        TOLD("told"),
        HAND_OFF("hand_off"),
        RESOURCES("resources");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }

        static Optional<Kind> of(@Nullable String key) {
            for (Kind kind : values()) {
                if (kind.key.equals(key)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** How a person would write one of each kind. */
    public static final String FORMS = "ticked; feature NAME used; 5 people logged in; access verified by 2 people;"
            + " training NAME completed by 3 people; entitlements told; hand-off done; resources set up";

    /** Empty when it is nothing that facts can say. */
    public static Optional<Condition> parse(String text) {
        String said = text.strip().replace("\"", "");
        switch (said.toLowerCase(java.util.Locale.ROOT)) {
            case "ticked":
                return Optional.of(TICKED);
            case "entitlements told":
                return Optional.of(new Condition(Kind.TOLD, null, 1));
            case "hand-off done":
                return Optional.of(new Condition(Kind.HAND_OFF, null, 1));
            case "resources set up":
                return Optional.of(new Condition(Kind.RESOURCES, null, 1));
            default:
                break;
        }
        Matcher feature = FEATURE.matcher(said);
        if (feature.matches()) {
            return Optional.of(new Condition(Kind.FEATURE, feature.group(1), 1));
        }
        Matcher logins = LOGINS.matcher(said);
        if (logins.matches()) {
            return counted(Kind.LOGINS, null, logins.group(1));
        }
        Matcher access = ACCESS.matcher(said);
        if (access.matches()) {
            return counted(Kind.ACCESS, null, access.group(1));
        }
        Matcher training = TRAINING.matcher(said);
        if (training.matches()) {
            return counted(Kind.TRAINING, training.group(1), training.group(2));
        }
        return Optional.empty();
    }

    private static Optional<Condition> counted(Kind kind, @Nullable String subject, @Nullable String count) {
        int number = count == null ? 1 : Integer.parseInt(count);
        return number < 1 || number > MOST_PEOPLE
                ? Optional.empty()
                : Optional.of(new Condition(kind, subject, number));
    }

    /** As it was stored; an unknown kind is for people to tick. */
    static Condition stored(@Nullable String kind, @Nullable String subject, int count) {
        return Kind.of(kind)
                .map(known -> new Condition(known, subject, Math.max(1, count)))
                .orElse(TICKED);
    }

    public boolean isFact() {
        return kind != Kind.TICKED;
    }

    /** What {@link #parse} reads again. */
    public String words() {
        return switch (kind) {
            case TICKED -> "ticked";
            case FEATURE -> "feature " + subject + " used";
            case LOGINS -> count + (count == 1 ? " person" : " people") + " logged in";
            case ACCESS -> "access verified" + by();
            case TRAINING -> "training " + subject + " completed" + by();
            case TOLD -> "entitlements told";
            case HAND_OFF -> "hand-off done";
            case RESOURCES -> "resources set up";
        };
    }

    private String by() {
        return count == 1 ? "" : " by " + count + " people";
    }
}
