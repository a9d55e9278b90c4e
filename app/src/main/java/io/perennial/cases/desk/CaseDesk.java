package io.perennial.cases.desk;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.programs.Priority;
import io.perennial.shared.Actor;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a case in: graded, reserved, acknowledged and given to somebody, in one transaction. */
@Component
public class CaseDesk {

    /** Of which a case takes one, where the program counts them. */
    static final String UNIT = "cases";

    static final int LONGEST_SUBJECT = 300;

    private final JdbcClient database;
    private final Accounts accounts;
    private final CaseOpening opening;
    private final Routing routing;

    CaseDesk(JdbcClient database, Accounts accounts, CaseOpening opening, Routing routing) {
        this.database = database;
        this.accounts = accounts;
        this.opening = opening;
        this.routing = routing;
    }

    /**
     * @return the case; for a draft that was sent already the one it opened then
     * @throws CaseRefused when something is missing; the message says what
     * @throws NoSuchElementException when the account is none of the viewer's
     */
    @Transactional
    public UUID open(NewCase fresh, Viewer viewer) {
        CaseVerbs.requireWork(viewer);
        if (!accounts.isVisible(fresh.account(), viewer)) {
            throw new NoSuchElementException("There is no such account in your portfolio.");
        }
        String key = Conversation.key(fresh.draft());
        database.sql("select pg_advisory_xact_lock(hashtextextended(:key, 4411))")
                .param("key", key)
                .query(row -> {});
        UUID known = database.sql("select id from cases.support_case where opening_key = :key")
                .param("key", key)
                .query(UUID.class)
                .optional()
                .orElse(null);
        if (known != null) {
            return known;
        }
        NewCase checked = checked(fresh);
        Priority priority = Grading.priority(fresh.impact(), fresh.urgency())
                .orElseThrow(() -> new CaseRefused("Choose whom it affects and how much it hinders."));
        UUID id = opening.write(
                new CaseOpening.Opening(checked, priority, key, viewer.actor(), viewer.memberId(), null, true));
        if (!checked.give().isEmpty()) {
            routing.give(id, checked.give(), wanted(checked), viewer);
        }
        return id;
    }

    private LeastLoad.Wanted wanted(NewCase fresh) {
        UUID owner = database.sql("select owner_id from accounts.account where id = :id")
                .param("id", fresh.account().value())
                .query((row, number) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .single()
                .orElse(null);
        return new LeastLoad.Wanted(fresh.product(), null, owner);
    }

    /** What a program is told of the case it opened. @param answerDueAt null when nothing was promised */
    public record OpenedCase(
            UUID id,
            String externalId,
            long number,
            String priority,
            @Nullable Instant answerDueAt,
            @Nullable String entitlement) {}

    /**
     * A request in the customer's own words that a program hands over: a chat, a form on a site, the portal. In the middle of
     * the priorities when it is not graded; given to somebody as soon as it is committed.
     *
     * @throws CaseRefused when something is missing; the message says what
     */
    @Transactional
    public OpenedCase take(NewCase fresh, Actor program) {
        NewCase checked = checked(fresh);
        boolean graded = !fresh.impact().isEmpty() || !fresh.urgency().isEmpty();
        Priority priority = graded
                ? Grading.priority(fresh.impact(), fresh.urgency())
                        .orElseThrow(() -> new CaseRefused("Say both: impact is one, team or all; urgency is can-wait,"
                                + " slowed or stopped. Or say neither."))
                : Priority.MEDIUM;
        UUID id = opening.write(
                new CaseOpening.Opening(checked, priority, Conversation.key(fresh.draft()), program, null, null, true));
        return database.sql("""
                select external_id, number, priority, entitlement,
                    (select due_at from cases.clock where case_id = c.id and kind = 'first-response' and finished_at is null)
                        as answer_due_at
                from cases.support_case c where id = :id
                """)
                .param("id", id)
                .query((row, n) -> new OpenedCase(
                        id,
                        row.getString("external_id"),
                        row.getLong("number"),
                        row.getString("priority"),
                        Queue.instant(row, "answer_due_at"),
                        row.getString("entitlement")))
                .single();
    }

    private NewCase checked(NewCase fresh) {
        String subject = fresh.subject().strip().replaceAll("\\s+", " ");
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT || subject.indexOf('\0') >= 0) {
            throw new CaseRefused("Say in a line of up to 300 characters what it is about.");
        }
        if (fresh.product().length() > 200 || fresh.channel().length() > 100) {
            throw new CaseRefused("A product has up to 200 characters, a channel up to 100.");
        }
        boolean ours = fresh.contact() == null
                || accounts.contacts(fresh.account()).stream()
                        .anyMatch(person -> person.id().equals(fresh.contact()));
        if (!ours) {
            throw new CaseRefused("This person is not known at this customer. Choose another.");
        }
        return new NewCase(
                fresh.account(),
                fresh.contact(),
                subject,
                Conversation.text(fresh.text()),
                fresh.impact(),
                fresh.urgency(),
                fresh.product().strip(),
                fresh.channel().strip(),
                fresh.give(),
                fresh.draft());
    }
}
