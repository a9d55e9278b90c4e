package io.perennial.renewals;

import io.perennial.identity.Viewer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the manager of a customer expects of a renewal, and what a leader decides where the system expects something else. Machine
 * and person are never averaged.
 */
@Component
public class Calls {

    /** From so many months before on, somebody has to have an opinion. */
    public static final int LAST_CHECK_MONTHS = 3;

    public static final int FIRST_CHECK_MONTHS = 6;

    private static final int LONGEST = 1_000;

    private final JdbcClient database;
    private final RenewalWork work;
    private final RenewalLog log;
    private final Clock clock;

    Calls(JdbcClient database, RenewalWork work, RenewalLog log, Clock clock) {
        this.database = database;
        this.work = work;
        this.log = log;
        this.clock = clock;
    }

    /** A call at the checkpoint may come a month early. A manager who only watches has said nothing at the second. */
    static final String MISSING = """
            r.outcome = 'open' and (
                :today >= r.due_on - interval '3 months'
                    and (r.called_on is null or r.called_on < r.due_on - interval '4 months' or r.call = 'monitor')
                or :today >= r.due_on - interval '6 months' and :today < r.due_on - interval '3 months'
                    and (r.called_on is null or r.called_on < r.due_on - interval '7 months'))""";

    /** One counts on it and the other does not, and nobody has decided. */
    static final String DISPUTED =
            "r.outcome in ('open', 'lapsed') and r.settled is null and r.call <> 'monitor' and (r.call in ('commit', 'likely')) <> ("
                    + Chance.expectsSql(Chance.SQL) + ")";

    public static boolean maySettle(Viewer viewer) {
        return Worker.of(viewer).maySettle();
    }

    /** From this day on {@link Call#MONITOR} is no answer. */
    public static LocalDate lastCheck(Renewal renewal) {
        return renewal.dueOn().minusMonths(LAST_CHECK_MONTHS);
    }

    /** @param reason needed where the customer may be lost */
    @Transactional
    public @Nullable UUID call(UUID id, Call call, String reason, Worker worker) {
        Renewal renewal = work.open(id, worker);
        String why = text(reason);
        if (call == Call.MONITOR && !today().isBefore(lastCheck(renewal))) {
            throw new RenewalRefused(
                    "Less than three months are left: say whether you count on it. Nothing was changed.");
        }
        if ((call == Call.RISK || call == Call.LOST) && why.isEmpty()) {
            throw new RenewalRefused("Say why, so that somebody can help. Nothing was changed.");
        }
        return log.changed(
                renewal,
                "called it " + call.title() + (why.isEmpty() ? "" : ": " + why),
                RenewalWork.itself(renewal),
                worker.actor(),
                () -> {
                    database.sql("""
                            update renewals.renewal set call = :call, call_reason = nullif(:why, ''), called_on = :today,
                                called_by = :by, settled = null, settled_reason = null, settled_on = null, settled_by = null
                            where id = :id
                            """)
                            .param("call", call.key())
                            .param("why", why)
                            .param("today", today())
                            .param("by", worker.name())
                            .param("id", id)
                            .update();
                    if (call == Call.COMMIT) {
                        work.reached(id, Stage.COMMITTED);
                    }
                });
    }

    /** @throws AccessDeniedException for anybody but a leader */
    @Transactional
    public @Nullable UUID settle(UUID id, Call call, String reason, Worker worker) {
        if (!worker.maySettle()) {
            throw new AccessDeniedException("A leader decides where the system and the manager disagree.");
        }
        Renewal renewal = work.open(id, worker);
        String why = text(reason);
        if (renewal.forecast().call() == null) {
            throw new RenewalRefused("Nobody has called it yet, so there is nothing to decide. Nothing was changed.");
        }
        if (!call.says()) {
            throw new RenewalRefused("A decision says whether we count on it.");
        }
        if (why.isEmpty()) {
            throw new RenewalRefused("Give the reason of the decision. Nothing was changed.");
        }
        return log.changed(
                renewal,
                "decided that it counts as " + call.title() + ": " + why,
                RenewalWork.itself(renewal),
                worker.actor(),
                () -> database.sql("""
                        update renewals.renewal set settled = :call, settled_reason = :why, settled_on = :today,
                            settled_by = :by where id = :id
                        """)
                        .param("call", call.key())
                        .param("why", why)
                        .param("today", today())
                        .param("by", worker.name())
                        .param("id", id)
                        .update());
    }

    /** What a manager may answer on that day. */
    public static List<Call> choices(Renewal renewal, LocalDate today) {
        return today.isBefore(lastCheck(renewal))
                ? List.of(Call.values())
                : List.of(Call.COMMIT, Call.LIKELY, Call.RISK, Call.LOST);
    }

    private static String text(String reason) {
        String text = reason.strip().replace("\u0000", "");
        if (text.length() > LONGEST) {
            throw new RenewalRefused("A reason has at most 1,000 characters.");
        }
        return text;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
