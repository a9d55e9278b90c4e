package io.perennial.cases.desk;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Changes;
import io.perennial.cases.clock.Clocked;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.programs.Entitlements;
import io.perennial.programs.Entitlements.Decision;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.programs.Priority;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
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

    private static final Duration REPEATED_WITHIN = Duration.ofDays(14);
    private static final int LONGEST_SUBJECT = 300;

    private final JdbcClient database;
    private final Accounts accounts;
    private final Entitlements entitlements;
    private final CaseVerbs verbs;
    private final CaseEvents events;
    private final CaseClockwork clocks;
    private final MessageRows messages;
    private final Arrivals arrivals;
    private final CaseLetters letters;
    private final Readers readers;
    private final Routing routing;
    private final Changes changes;
    private final Audit audit;
    private final Clock clock;

    CaseDesk(
            JdbcClient database,
            Accounts accounts,
            Entitlements entitlements,
            CaseVerbs verbs,
            CaseEvents events,
            CaseClockwork clocks,
            MessageRows messages,
            Arrivals arrivals,
            CaseLetters letters,
            Readers readers,
            Routing routing,
            Changes changes,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.entitlements = entitlements;
        this.verbs = verbs;
        this.events = events;
        this.clocks = clocks;
        this.messages = messages;
        this.arrivals = arrivals;
        this.letters = letters;
        this.readers = readers;
        this.routing = routing;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
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
        return known == null ? write(checked(fresh), key, viewer) : known;
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

    private UUID write(NewCase fresh, String key, Viewer viewer) {
        Priority priority = Grading.priority(fresh.impact(), fresh.urgency())
                .orElseThrow(() -> new CaseRefused("Choose whom it affects and how much it hinders."));
        UUID id = Ids.next();
        Instant now = clock.instant();
        long number = database.sql("select nextval(pg_get_serial_sequence('cases.support_case', 'number'))")
                .query(Long.class)
                .single();
        Decision decision = entitlements.reserve(
                fresh.account(),
                UNIT,
                BigDecimal.ONE,
                "Case #" + number + " " + fresh.subject(),
                "case:" + id,
                viewer.actor());
        insert(id, number, fresh, priority, decision, key, now);
        if (decision.rule() == Rule.APPROVAL) {
            events.append(id, CaseEvents.STATE, CaseState.ON_HOLD.key(), decision.sentence(), viewer.actor());
        }
        first(id, fresh, key, viewer);
        if (!fresh.give().isEmpty()) {
            routing.give(id, fresh.give(), fresh.product(), viewer);
        }
        clocks.recount(Set.of(id));
        acknowledge(id, number, fresh, priority);
        changes.mark(Set.of(fresh.account()));
        verbs.tell(id);
        ChangedThing made = new ChangedThing(CaseVerbs.KIND, id.toString(), fresh.account(), null, null);
        audit.record(
                viewer.actor(), CaseVerbs.SAID, "Case #" + number + " " + fresh.subject() + " opened", List.of(made));
        return id;
    }

    private void insert(
            UUID id, long number, NewCase fresh, Priority priority, Decision decision, String key, Instant now) {
        boolean approval = decision.rule() == Rule.APPROVAL;
        database.sql("""
                insert into cases.support_case (id, external_id, number, account_id, contact_id, subject, opened_at, status,
                    priority, impact, urgency, product, channel, approval, entitlement, reservation, repeats, opening_key,
                    created_at, updated_at)
                values (:id, :external, :number, :account, cast(:contact as uuid), :subject, :now, :status, :priority,
                    :impact, :urgency, nullif(:product, ''), nullif(:channel, ''), :approval, :told,
                    cast(:reservation as uuid), cast(:repeats as uuid), :key, :now, :now)
                """)
                .param("id", id)
                .param("external", "desk-" + number)
                .param("number", number)
                .param("account", fresh.account().value())
                .param("contact", fresh.contact())
                .param("subject", fresh.subject())
                .param("now", Timestamp.from(now))
                .param("status", (approval ? CaseState.ON_HOLD : CaseState.OPEN).status())
                .param("priority", priority.key())
                .param("impact", fresh.impact())
                .param("urgency", fresh.urgency())
                .param("product", fresh.product())
                .param("channel", fresh.channel())
                .param("approval", approval ? "needed" : null)
                .param("told", decision.sentence())
                .param("reservation", decision.reservation())
                .param("repeats", repeated(fresh, now))
                .param("key", key)
                .update();
    }

    /** The same person asked about much the same lately. */
    private @Nullable UUID repeated(NewCase fresh, Instant now) {
        if (fresh.contact() == null) {
            return null;
        }
        return database.sql("""
                select id from cases.support_case
                where contact_id = :contact and opened_at >= :since and merged_into is null
                  and public.similarity(lower(subject), lower(:subject)) >= 0.4
                order by public.similarity(lower(subject), lower(:subject)) desc, opened_at desc limit 1
                """)
                .param("contact", fresh.contact())
                .param("since", Timestamp.from(now.minus(REPEATED_WITHIN)))
                .param("subject", fresh.subject())
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    private void first(UUID id, NewCase fresh, String key, Viewer viewer) {
        arrivals.keep(new Arrivals.Words(
                key, id, fresh.account(), fresh.contact(), null, viewer.memberId(), "customer", fresh.text()));
    }

    /** At once, with the time by which a person answers on the reader's own clock. */
    private void acknowledge(UUID id, long number, NewCase fresh, Priority priority) {
        boolean reachable = accounts.contacts(fresh.account()).stream()
                .anyMatch(person -> person.id().equals(fresh.contact()) && person.email() != null);
        CaseLetters.Reader reader = readers.of(fresh.contact()).orElse(null);
        if (reader == null) {
            return;
        }
        Instant due = clocks.of(id).stream()
                .filter(promise -> promise.kind() == Clocked.Kind.FIRST_RESPONSE && promise.isOpen())
                .map(Clocked::dueAt)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
        messages.add(
                Ids.next(),
                new MessageRows.Fresh(
                        "acknowledged-" + id,
                        id,
                        "automatic",
                        "Perennial",
                        null,
                        null,
                        letters.acknowledgement(reader, number, fresh.subject(), priority, due),
                        null,
                        reachable ? MessageRows.TO_BE_SENT : null,
                        reader.written()));
    }
}
