package io.perennial.identity;

/** What a team member may do; the matrix of routes and roles is the authority. */
public enum Role {
    /** Everything, including team, keys and models. */
    ADMIN,
    /** All accounts, publishes models, settles disagreements. */
    LEADER,
    /** Works accounts within the portfolio scope. */
    CSM,
    /** Works cases; reads accounts. */
    SUPPORT,
    /** Looks only. */
    READ_ONLY;

    /** As on screen. */
    public String title() {
        return switch (this) {
            case ADMIN -> "Administrator";
            case LEADER -> "Leader";
            case CSM -> "Customer success manager";
            case SUPPORT -> "Support";
            case READ_ONLY -> "Read only";
        };
    }

    /** Whoever has it, in a sentence. */
    public String somebody() {
        return switch (this) {
            case ADMIN -> "an administrator";
            case LEADER -> "a leader";
            case CSM -> "a customer success manager";
            case SUPPORT -> "somebody in support";
            case READ_ONLY -> "a reader";
        };
    }

    public boolean mayWork() {
        return this == ADMIN || this == LEADER || this == CSM;
    }

    public boolean mayAdminister() {
        return this == ADMIN;
    }
}
