package io.perennial.health.acceptance;

/** The seeds of the acceptance run; none was used while the simulation or the score was written. */
final class Seeds {

    /** Five companies. */
    static final long[] COMPANIES = {70_219, 70_237, 70_241, 70_249, 70_271};

    /** Daily use that falls. */
    static final long DROPS = 81_001;

    /** Requests for help. */
    static final long REQUESTS = 92_003;

    /** What is deleted. */
    static final long DELETIONS = 33_007;

    /** {@code -Dperennial.acceptance.size=full} takes the sizes of the reference simulation, else about a third. */
    static final boolean FULL = "full".equals(System.getProperty("perennial.acceptance.size"));

    private Seeds() {}
}
