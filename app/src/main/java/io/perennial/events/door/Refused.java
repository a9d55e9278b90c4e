package io.perennial.events.door;

/**
 * A whole request that is not taken, as a problem of RFC 9457.
 *
 * <p>Clients drop what is answered with 400, so everything that may go well later is 429 or 503.
 */
final class Refused extends Exception {

    private final int status;
    private final String code;
    private final String detail;
    private final int retryAfter;

    /** @param retryAfter seconds; 0 when asking again does not help */
    Refused(int status, String code, String detail, int retryAfter) {
        super(code, null, false, false);
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.retryAfter = retryAfter;
    }

    static Refused badRequest(String code, String detail) {
        return new Refused(400, code, detail, 0);
    }

    static Refused unauthorised(String code, String detail) {
        return new Refused(401, code, detail, 0);
    }

    static Refused full() {
        return new Refused(429, "queue_full", "More arrives than can be written. Send it again.", 1);
    }

    static Refused tooFast(int seconds) {
        return new Refused(
                429, "too_many_events", "This source sends too many events a second. Send it again.", seconds);
    }

    static Refused away() {
        return new Refused(503, "database_away", "The database does not answer. Send it again.", 2);
    }

    static Refused stopping() {
        return new Refused(503, "stopping", "This server is being stopped. Send it again.", 2);
    }

    static Refused late() {
        return new Refused(
                503, "not_confirmed", "It may have been written or not. Send it again: nothing counts twice.", 2);
    }

    static Refused storageLow() {
        return new Refused(503, "storage_low", "The disk is nearly full. Send it again later.", 30);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String detail() {
        return detail;
    }

    int retryAfter() {
        return retryAfter;
    }

    /** For the people who look at the source: what a client can repeat by itself is no finding. */
    boolean isFinding() {
        return status == 400;
    }
}
