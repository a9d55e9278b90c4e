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

    public boolean mayWork() {
        return this == ADMIN || this == LEADER || this == CSM;
    }

    public boolean mayAdminister() {
        return this == ADMIN;
    }
}
