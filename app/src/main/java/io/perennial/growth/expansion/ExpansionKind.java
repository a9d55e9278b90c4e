package io.perennial.growth.expansion;

import io.perennial.growth.OpportunityKind;
import java.util.Locale;
import java.util.Optional;

/** The rules that look for growth, each with what it asks for, the business that it may become, and the next step. */
public enum ExpansionKind {
    LICENCES_NEAR_LIMIT(
            "Licences near the limit",
            "Nearly all licences are in use, week after week, or will be within a quarter at the present trend.",
            "Ask who is to join next and when, and agree on more licences before anybody waits for one.",
            OpportunityKind.EXPANSION,
            true),
    USERS_BEYOND_SEATS(
            "More users than licences",
            "More people used the product in four weeks than there are licences.",
            "Look together at who uses it, and offer the licences that are missing; do not begin with a bill.",
            OpportunityKind.EXPANSION,
            true),
    ADVANCED_USE_GROWS(
            "Advanced use grows",
            "Advanced features are used on clearly more days than in the eight weeks before.",
            "Ask what they want to achieve with it, and show what the next plan or program adds to exactly that.",
            OpportunityKind.UPGRADE,
            true),
    AREA_TRIED(
            "A new area is being tried",
            "An area of the product is used that was not touched for months.",
            "Call the people who try it, help them to the first result, and say what belongs to it.",
            OpportunityKind.CROSS_SELL,
            true),
    GOAL_REACHED(
            "A goal is reached",
            "The customer says that it reaches what it bought the product for.",
            "Thank them, write the result down with them, and ask what the next goal is.",
            OpportunityKind.EXPANSION,
            false),
    OUTCOME_REACHED(
            "An outcome of the success plan is reached",
            "Within the last quarter the customer reached what its success plan agreed on.",
            "Write the result down with them, ask them to confirm it, and ask what the next goal is.",
            OpportunityKind.EXPANSION,
            false),
    PROGRAM_USED_UP(
            "The program is nearly used up",
            "Nearly everything of a unit of the program is used long before its term ends.",
            "Show what was used and what it was worth, and offer the next program or more of the unit.",
            OpportunityKind.UPGRADE,
            false),
    PEERS_OWN(
            "Peers have what they do not have",
            "Many customers like this one, with the same main product, also have a product that this one never had.",
            "Tell how a peer uses it, and ask whether they do the same work by hand today.",
            OpportunityKind.CROSS_SELL,
            false);

    private final String title;
    private final String meaning;
    private final String next;
    private final OpportunityKind becomes;
    private final boolean fromUse;

    ExpansionKind(String title, String meaning, String next, OpportunityKind becomes, boolean fromUse) {
        this.title = title;
        this.meaning = meaning;
        this.next = next;
        this.becomes = becomes;
        this.fromUse = fromUse;
    }

    /** As in the table, in addresses and in the API. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** What the rule asks for, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** What to do next. */
    public String next() {
        return next;
    }

    public OpportunityKind becomes() {
        return becomes;
    }

    /** Whether it rests on use: while the source of a customer's use is silent, nothing is known and nothing closes. */
    boolean fromUse() {
        return fromUse;
    }

    public static Optional<ExpansionKind> find(String key) {
        for (ExpansionKind kind : values()) {
            if (kind.key().equals(key)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
