package io.perennial.metrics.service;

import static io.perennial.metrics.service.Reasons.NO_CASES;
import static io.perennial.metrics.service.Reasons.NO_CAUSE;
import static io.perennial.metrics.service.Reasons.NO_HISTORY;
import static io.perennial.metrics.service.Reasons.NO_OUTCOME;
import static io.perennial.metrics.service.Reasons.NO_PROMISES;
import static io.perennial.metrics.service.Reasons.NO_REPLY;
import static io.perennial.metrics.service.Reasons.NO_RESOLVED;
import static io.perennial.metrics.service.Reasons.NO_RESPONSES;

/** What each figure counts, in the database's words. Times that are known as a day only count from its midnight. */
final class CaseSpecs {

    /** Without a time there is no duration; greatest() alone would make it nothing. */
    private static final String RESPONSE_HOURS = "coalesce(case when c.first_response_at is not null then"
            + " greatest(0, extract(epoch from c.first_response_at - c.opened_at)) / 3600 end, c.first_response_minutes / 60)";

    private static final String HOURS = "case when c.resolved_at is not null then"
            + " greatest(0, extract(epoch from c.resolved_at - c.opened_at)) / 3600 end";

    static final Spec FIRST_RESPONSE = Spec.median(Base.OPENED, RESPONSE_HOURS, NO_REPLY)
            .leavingOut("no answer known", "(" + RESPONSE_HOURS + ") is null");

    static final Spec FIRST_RESPONSE_WORKING = Spec.median(Base.PROMISED, "k.used_seconds / 3600.0", NO_REPLY)
            .where("k.kind = 'first-response' and k.finished_at is not null")
            .leavingOut("not answered yet", "k.kind = 'first-response' and k.finished_at is null");

    static final Spec RESOLUTION = Spec.median(Base.RESOLVED, HOURS, NO_RESOLVED);

    static final Spec RESOLUTION_OF_OPENED =
            Spec.median(Base.OPENED, HOURS, NO_RESOLVED).leavingOut("not solved", "c.resolved_at is null");

    static final Spec RESOLUTION_MEAN = Spec.mean(Base.RESOLVED, HOURS, NO_RESOLVED);

    private static final String NEVER_REOPENED = "coalesce(c.reopened, 0) = 0";

    /** A word of the customer after our first answer, or another case about the same, until a week after the solution. */
    private static final String NO_FURTHER_CONTACT = NEVER_REOPENED
            + " and not exists (select from cases.message m where m.case_id = c.id and m.kind = 'customer'"
            + " and m.at > coalesce(c.first_response_at, c.resolved_at) and m.at < c.resolved_at + interval '7 days')"
            + " and not exists (select from cases.support_case r where r.repeats = c.id"
            + " and r.opened_at < c.resolved_at + interval '7 days')";

    static final Spec FIRST_CONTACT = Spec.share(
                    Base.RESOLVED,
                    "c.resolved_at <= cast(:now as timestamptz) - interval '7 days'",
                    NO_FURTHER_CONTACT,
                    NO_RESOLVED)
            .leavingOut("solved less than a week ago", "c.resolved_at > cast(:now as timestamptz) - interval '7 days'");

    static final Spec FIRST_CONTACT_GROSS =
            Spec.share(Base.OPENED, "true", "c.resolved_at is not null and " + NO_FURTHER_CONTACT, NO_CASES);

    static final Spec SOLVED_ONCE = Spec.share(Base.RESOLVED, "true", NEVER_REOPENED, NO_RESOLVED);

    static final Spec SOLVED_AT_ONCE = Spec.share(
            Base.RESOLVED,
            "true",
            NEVER_REOPENED + " and coalesce(c.waits, 0) = 0 and coalesce(c.takeovers, 0) <= 1",
            NO_RESOLVED);

    static final Spec NO_CUSTOMER_REPLY = Spec.share(
            Base.RESOLVED,
            "true",
            "not exists (select from cases.message m where m.case_id = c.id and m.kind = 'customer'"
                    + " and m.at > coalesce(c.first_response_at, c.opened_at))",
            NO_RESOLVED);

    static final Spec REOPENED = Spec.share(Base.OPENED, "true", "coalesce(c.reopened, 0) > 0", NO_CASES);

    static final Spec REOPENED_OF_SOLVED = Spec.share(
                    Base.OPENED,
                    "(c.resolved_at is not null or coalesce(c.reopened, 0) > 0)",
                    "coalesce(c.reopened, 0) > 0",
                    NO_RESOLVED)
            .leavingOut("never solved", "c.resolved_at is null and coalesce(c.reopened, 0) = 0");

    /** Where only takings are counted, the first is none. */
    static final Spec REASSIGNED =
            Spec.share(Base.OPENED, "true", "coalesce(c.reassignments, c.takeovers - 1, 0) > 0", NO_CASES);

    static final Spec STRAIGHT = Spec.share(
            Base.OPENED, "true", "coalesce(c.reassignments, c.takeovers - 1, 0) <= 0 and " + NEVER_REOPENED, NO_CASES);

    static final Spec ESCALATED = Spec.share(Base.OPENED, "true", "coalesce(c.escalated, false)", NO_CASES);

    static final Spec WAITED = Spec.share(Base.OPENED, "true", "coalesce(c.waits, 0) > 0", NO_CASES);

    static final Spec VOLUME = Spec.count(Base.OPENED, null);

    static final Spec SOLVED = Spec.count(Base.RESOLVED, null);

    static final Spec BACKLOG =
            Spec.count(Base.OPEN, "extract(epoch from cast(:until as timestamptz) - c.opened_at) / 3600");

    static final Spec BACKLOG_AGE = Spec.median(
            Base.OPEN,
            "extract(epoch from cast(:until as timestamptz) - c.opened_at) / 3600",
            new io.perennial.metrics.Reason("NO_OPEN_CASES", "No case was open."));

    static final Spec KEPT =
            Spec.share(Base.PROMISED, "true", "k.finished_at is not null and k.breached_at is null", NO_PROMISES);

    static final Spec KEPT_FIRST_RESPONSE = KEPT.where("k.kind = 'first-response'");

    static final Spec KEPT_UPDATE = KEPT.where("k.kind = 'update'");

    static final Spec KEPT_RESOLUTION = KEPT.where("k.kind = 'resolution'");

    static final Spec KEPT_AS_BROUGHT = Spec.share(
                    Base.OPENED, "c.promise_kept is not null", "coalesce(c.promise_kept, false)", NO_OUTCOME)
            .leavingOut("no outcome brought", "c.promise_kept is null");

    private static final String STEP = "c.satisfaction / coalesce(c.satisfaction_scale, 5)";

    static final Spec SATISFIED = Spec.share(
                    Base.OPENED, "c.satisfaction is not null", "coalesce(" + STEP + " >= 0.8, false)", NO_RESPONSES)
            .ofOpinions()
            .leavingOut("no answer", "c.satisfaction is null");

    static final Spec SATISFACTION_MEAN = Spec.mean(Base.OPENED, "100 * " + STEP, NO_RESPONSES)
            .ofOpinions()
            .leavingOut("no answer", "c.satisfaction is null");

    private static final String CLASSIFIED = "coalesce(c.cause, '') <> ''";

    static final Spec DEFECTS = Spec.share(
                    Base.RESOLVED,
                    CLASSIFIED,
                    "lower(coalesce(c.cause, '')) in ('defect', 'bug', 'product defect')",
                    NO_CAUSE)
            .leavingOut("not classified", "not (" + CLASSIFIED + ")");

    static final Spec DEFECTS_OF_OPENED = DEFECTS.on(Base.OPENED);

    private static final String WAITED_FOR = """
            (select sum(extract(epoch from coalesce(s.next_at, c.resolved_at) - s.at)) / 3600
                from (select e.at, e.value, lead(e.at) over (order by e.at, e.n) as next_at
                    from cases.event e where e.case_id = c.id and e.kind = 'state' and not e.undone) s
                where s.at < c.resolved_at and s.value in (%s))""";

    private static final String TOLD =
            "exists (select from cases.event e where e.case_id = c.id and e.kind = 'state' and not e.undone)";

    /** Hours in these states, of solved cases whose changes of state are known. */
    static Spec waited(String states) {
        return Spec.median(
                        Base.RESOLVED,
                        "case when " + TOLD + " then coalesce(" + WAITED_FOR.formatted(states) + ", 0) end",
                        NO_HISTORY)
                .leavingOut("changes of state not known", "not " + TOLD);
    }

    /** What is left of the time to the solution when it was not the customer's turn. */
    static Spec waitedByCustomer() {
        return Spec.median(
                        Base.RESOLVED,
                        "case when " + TOLD + " then " + HOURS + " - coalesce(" + WAITED_FOR.formatted("'waiting'")
                                + ", 0) end",
                        NO_HISTORY)
                .leavingOut("changes of state not known", "not " + TOLD);
    }

    private CaseSpecs() {}
}
