package io.perennial.engagement.cadence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One rule: how often we want to hear from customers of a kind.
 *
 * @param segment exact name; null for every segment
 * @param arrFrom recurring revenue a year in the customer's own currency; null for any
 * @param days within which a conversation is wanted, 1 to 730
 * @param kind call, meeting or mail; null for any conversation
 * @param who of us has to have taken part
 * @param tasks whether an overdue conversation becomes a task of the account's owner
 */
public record Cadence(
        String name,
        @Nullable String segment,
        @Nullable BigDecimal arrFrom,
        int days,
        @Nullable String kind,
        Who who,
        boolean tasks) {

    /** Days that hold for whom no rule fits. */
    public static final int USUAL_DAYS = 90;

    /** Two years: whoever wants to hear from somebody more rarely wants no rule. */
    public static final int MOST_DAYS = 730;

    public static final int MOST_RULES = 20;

    static final int LONGEST_NAME = 80;

    /** Kinds of conversations that a rule may ask for. */
    public static final List<String> KINDS = List.of("call", "meeting", "mail");

    /** Whose conversation counts. */
    public enum Who {
        ANYBODY("anybody"),
        OWNER("the account's owner"),
        CSM("a customer success manager"),
        LEADER("a leader"),
        SUPPORT("somebody of support");

        private final String words;

        Who(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** As it is stored and sent. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Who of(String key) {
            for (Who who : values()) {
                if (who.key().equals(key)) {
                    return who;
                }
            }
            throw new BadCadence("Say anybody, owner, csm, leader or support.");
        }
    }

    /** A rule that cannot be used, in words for the person who wrote it. */
    public static final class BadCadence extends IllegalArgumentException {

        BadCadence(String message) {
            super(message);
        }
    }

    /** @throws BadCadence when a part is out of its range */
    public Cadence {
        name = name.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw new BadCadence("Give each rule a name of up to 80 characters.");
        }
        if (days < 1 || days > MOST_DAYS) {
            throw new BadCadence(name + ": days are between 1 and 730.");
        }
        if (kind != null && !KINDS.contains(kind)) {
            throw new BadCadence(name + ": the kind is call, meeting or mail, or nothing for any.");
        }
        if (arrFrom != null && (arrFrom.signum() < 0 || arrFrom.precision() - arrFrom.scale() > 15)) {
            throw new BadCadence(name + ": revenue is a positive amount.");
        }
    }

    /** The rule as it is read aloud. */
    public String sentence() {
        String whom = segment == null ? "Every customer" : "Customers of the segment " + segment;
        String rich = arrFrom == null ? "" : " with " + arrFrom.toPlainString() + " a year or more";
        String what = kind == null ? "a conversation" : kind.equals("mail") ? "mail that is answered" : "a " + kind;
        String by = who == Who.ANYBODY ? "" : " with " + who.words();
        return whom + rich + ": " + what + by + " every " + days + (days == 1 ? " day" : " days")
                + (tasks ? "; else a task for the owner" : "") + ".";
    }

    /** What stands when nobody has published anything. */
    static List<Cadence> usual() {
        return List.of(new Cadence("Everybody", null, null, USUAL_DAYS, null, Who.ANYBODY, false));
    }
}
