package io.perennial.cases.desk;

import io.perennial.identity.TeamMembers;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Wording;
import io.perennial.programs.Entitlements;
import io.perennial.programs.Priority;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who has a case, how urgent it is, where it stands. Every verb returns the change by which it can be undone, or null when
 * there was nothing to do.
 */
@Component
@Transactional
public class CaseWork {

    private final CaseVerbs verbs;
    private final CaseRows rows;
    private final CaseEvents events;
    private final MessageRows messages;
    private final Conversation conversation;
    private final CasePost post;
    private final Satisfaction satisfaction;
    private final CaseLetters letters;
    private final TeamMembers team;
    private final Entitlements entitlements;
    private final JdbcClient database;
    private final Clock clock;

    CaseWork(
            CaseVerbs verbs,
            CaseRows rows,
            CaseEvents events,
            MessageRows messages,
            Conversation conversation,
            CasePost post,
            Satisfaction satisfaction,
            CaseLetters letters,
            TeamMembers team,
            Entitlements entitlements,
            JdbcClient database,
            Clock clock) {
        this.verbs = verbs;
        this.rows = rows;
        this.events = events;
        this.messages = messages;
        this.conversation = conversation;
        this.post = post;
        this.satisfaction = satisfaction;
        this.letters = letters;
        this.team = team;
        this.entitlements = entitlements;
        this.database = database;
        this.clock = clock;
    }

    /** @param member null for nobody */
    public @Nullable UUID assign(UUID id, Seen seen, @Nullable UUID member, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        if (Objects.equals(known.assigneeId(), member) && (member != null || known.assignee() == null)) {
            return null;
        }
        String name = member == null
                ? null
                : team.active().stream()
                        .filter(colleague -> colleague.id().equals(member))
                        .findFirst()
                        .orElseThrow(() -> new CaseRefused("That colleague is not here any more."))
                        .name();
        return verbs.change(
                known,
                seen,
                viewer,
                CaseVerbs.KIND,
                name == null ? "given back to the queue" : "given to " + name,
                now -> give(id, member, name, null, viewer));
    }

    /** Without asking who saw what: for routing and taking. */
    void give(UUID id, @Nullable UUID member, @Nullable String name, @Nullable String why, Viewer viewer) {
        rows.assign(id, member, name);
        events.append(id, "assigned", name, why, viewer.actor());
    }

    /** By impact and urgency; both empty: by a priority that a person chose. */
    public @Nullable UUID grade(UUID id, Seen seen, String impact, String urgency, String chosen, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        Priority priority = Grading.priority(impact, urgency)
                .or(() -> Priority.of(chosen))
                .orElseThrow(() -> new CaseRefused("Choose whom it affects and how much it hinders, or a priority."));
        boolean graded = Grading.priority(impact, urgency).isPresent();
        if (priority.key().equals(known.priority()) && !graded) {
            return null;
        }
        return verbs.change(known, seen, viewer, CaseVerbs.KIND, "is of priority " + priority.key() + " now", now -> {
            database.sql("""
                    update cases.support_case set priority = :priority, impact = :impact, urgency = :urgency where id = :id
                    """)
                    .param("id", id)
                    .param("priority", priority.key())
                    .param("impact", graded ? impact : null)
                    .param("urgency", graded ? urgency : null)
                    .update();
            if (priority != known.gradedAs()) {
                events.append(
                        id,
                        CaseEvents.PRIORITY,
                        priority.key(),
                        known.gradedAs().key(),
                        viewer.actor());
            }
        });
    }

    /** Open, waiting, on hold, or closed for good after it was resolved. */
    public @Nullable UUID state(UUID id, Seen seen, CaseState state, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        if (state == known.state()) {
            return null;
        }
        if (state == CaseState.RESOLVED || state == CaseState.CLOSED && known.state() != CaseState.RESOLVED) {
            throw new CaseRefused("Resolve the case with its cause first.");
        }
        if (known.state().isOver() && state != CaseState.CLOSED) {
            if (state != CaseState.OPEN) {
                throw new CaseRefused("Reopen the case first.");
            }
            return reopen(id, seen, viewer);
        }
        if ("needed".equals(known.approval()) && state == CaseState.OPEN) {
            throw new CaseRefused("Somebody has to approve it first: it goes beyond what the program includes.");
        }
        return verbs.change(
                known, seen, viewer, CaseVerbs.KIND, "set to " + state.title().toLowerCase(Locale.ROOT), now -> {
                    rows.state(id, state, now);
                    events.append(id, CaseEvents.STATE, state.key(), null, viewer.actor());
                });
    }

    /** Goes back to the same owner, at the top of the queue. */
    public @Nullable UUID reopen(UUID id, Seen seen, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        if (!known.state().isOver()) {
            return null;
        }
        return verbs.change(
                known,
                seen,
                viewer,
                CaseVerbs.KIND,
                "reopened",
                now -> conversation.reopen(known, now, viewer.actor()));
    }

    /** @param told what the customer reads; empty: nothing is told */
    public record Solution(String draft, Seen seen, String cause, String told) {}

    /**
     * The case is solved: why it came up is kept, what was reserved is used.
     *
     * @throws CaseRefused without a cause
     */
    public @Nullable UUID resolve(UUID id, Solution solution, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        if (known.state().isOver()) {
            return null;
        }
        Cause cause = Cause.find(solution.cause())
                .orElseThrow(() -> new CaseRefused("Say why it came up: prevention starts there."));
        String key = Conversation.key(solution.draft());
        String told = solution.told().isBlank() ? "" : Conversation.text(solution.told());
        return verbs.change(known, solution.seen(), viewer, CaseVerbs.KIND, "resolved: " + cause.title(), now -> {
            if (!told.isEmpty() && !messages.isKnown(key)) {
                tell(known, key, told, viewer, now);
            }
            rows.state(id, CaseState.RESOLVED, now);
            database.sql("""
                    update cases.support_case set cause = :cause, reopened_at = null, attention = null, escalated_why = null,
                        reservation = null
                    where id = :id
                    """).param("id", id).param("cause", cause.key()).update();
            events.append(id, CaseEvents.STATE, CaseState.RESOLVED.key(), cause.title(), viewer.actor());
            use(known, viewer);
            satisfaction.askLater(known, now);
        });
    }

    /** What goes beyond the program is allowed; only people who answer for accounts may. */
    public @Nullable UUID approve(UUID id, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts approve what goes beyond a program.");
        }
        CaseRows.Known known = verbs.lock(id, viewer);
        if (!"needed".equals(known.approval())) {
            return null;
        }
        return verbs.change(known, Seen.WHATEVER, viewer, CaseVerbs.SAID, "approved", now -> {
            Entitlements.Decision decision = entitlements.reserveApproved(
                    known.account(),
                    CaseDesk.UNIT,
                    BigDecimal.ONE,
                    "Case " + known.title(),
                    "case:" + id,
                    viewer.actor());
            database.sql("""
                    update cases.support_case set approval = 'given', approved_by = :by, entitlement = :told,
                        reservation = :reservation
                    where id = :id
                    """)
                    .param("id", id)
                    .param("by", viewer.name())
                    .param("told", decision.sentence())
                    .param("reservation", decision.reservation())
                    .update();
            events.append(id, "approved", viewer.name(), decision.sentence(), viewer.actor());
            if (known.state() == CaseState.ON_HOLD) {
                rows.state(id, CaseState.OPEN, now);
                events.append(id, CaseEvents.STATE, CaseState.OPEN.key(), null, viewer.actor());
            }
        });
    }

    /** When we write again, said outside of an answer. */
    public @Nullable UUID promise(UUID id, Seen seen, Instant until, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        if (!until.isAfter(clock.instant()) || known.state().isOver()) {
            throw new CaseRefused("Promise the next word for a time that is still to come, on a case that is open.");
        }
        return verbs.change(
                known,
                seen,
                viewer,
                CaseVerbs.KIND,
                "has the next update promised for " + Wording.moment(until),
                now -> events.append(id, CaseEvents.PROMISE, until.toString(), null, viewer.actor()));
    }

    /** What the customer is told when nobody says it differently. */
    public String solutionText(CaseView view) {
        CaseView.Person person = view.contact();
        return person == null
                ? ""
                : letters.solved(
                        new CaseLetters.Reader(person.name(), person.language(), Readers.zone(person.zone())),
                        view.row().number());
    }

    private void tell(CaseRows.Known known, String key, String text, Viewer viewer, Instant now) {
        post.say(
                known.id(),
                new CasePost.Words(key, CasePost.Purpose.RESOLUTION, text, null, null, List.of()),
                viewer.actor());
        database.sql("""
                update cases.support_case set first_response_at = coalesce(first_response_at, greatest(:now, opened_at))
                where id = :id and first_response_minutes is null
                """)
                .param("id", known.id())
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Reserved when it came in, used when it is solved; a case that is reopened and solved again is used once. */
    private void use(CaseRows.Known known, Viewer viewer) {
        UUID reservation = known.reservation();
        if (reservation != null) {
            entitlements.consume(reservation, BigDecimal.ONE, viewer.actor());
        }
    }
}
