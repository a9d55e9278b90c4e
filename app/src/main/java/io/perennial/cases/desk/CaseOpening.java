package io.perennial.cases.desk;

import io.perennial.accounts.Changes;
import io.perennial.cases.clock.Clocked;
import io.perennial.mail.IncomingLetter;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.programs.Entitlements;
import io.perennial.programs.Entitlements.Decision;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.programs.Priority;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes a case that comes in, however it comes: reserved, timed and acknowledged. Only inside a transaction. */
@Component
class CaseOpening {

    private static final Duration REPEATED_WITHIN = Duration.ofDays(14);

    private final JdbcClient database;
    private final Entitlements entitlements;
    private final CaseVerbs verbs;
    private final CaseEvents events;
    private final CaseClockwork clocks;
    private final Arrivals arrivals;
    private final CasePost post;
    private final CaseLetters letters;
    private final Readers readers;
    private final Changes changes;
    private final Audit audit;
    private final Clock clock;

    CaseOpening(
            JdbcClient database,
            Entitlements entitlements,
            CaseVerbs verbs,
            CaseEvents events,
            CaseClockwork clocks,
            Arrivals arrivals,
            CasePost post,
            CaseLetters letters,
            Readers readers,
            Changes changes,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.entitlements = entitlements;
        this.verbs = verbs;
        this.events = events;
        this.clocks = clocks;
        this.arrivals = arrivals;
        this.post = post;
        this.letters = letters;
        this.readers = readers;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param key the same again is not to be opened again; the caller has asked
     * @param writtenDownBy the member who took the words down, and says who works on it; null when the customer wrote them,
     *     and the case is given to somebody by itself
     * @param letter that it came with
     */
    record Opening(
            NewCase fresh,
            Priority priority,
            String key,
            Actor by,
            @Nullable UUID writtenDownBy,
            @Nullable IncomingLetter letter,
            boolean acknowledged) {}

    UUID write(Opening opening) {
        NewCase fresh = opening.fresh();
        UUID id = Ids.next();
        Instant now = clock.instant();
        long number = database.sql("select nextval(pg_get_serial_sequence('cases.support_case', 'number'))")
                .query(Long.class)
                .single();
        Decision decision = entitlements.reserve(
                fresh.account(),
                CaseDesk.UNIT,
                BigDecimal.ONE,
                "Case #" + number + " " + fresh.subject(),
                "case:" + id,
                opening.by());
        insert(id, number, opening, decision, now);
        if (decision.rule() == Rule.APPROVAL) {
            events.append(id, CaseEvents.STATE, CaseState.ON_HOLD.key(), decision.sentence(), opening.by());
        }
        arrivals.keep(first(id, opening));
        clocks.recount(Set.of(id));
        if (opening.acknowledged()) {
            acknowledge(id, number, opening);
        }
        changes.mark(Set.of(fresh.account()));
        verbs.tell(id);
        ChangedThing made = new ChangedThing(CaseVerbs.KIND, id.toString(), fresh.account(), null, null);
        audit.record(
                opening.by(), CaseVerbs.SAID, "Case #" + number + " " + fresh.subject() + " opened", List.of(made));
        return id;
    }

    private void insert(UUID id, long number, Opening opening, Decision decision, Instant now) {
        NewCase fresh = opening.fresh();
        boolean approval = decision.rule() == Rule.APPROVAL;
        database.sql("""
                insert into cases.support_case (id, external_id, number, account_id, contact_id, subject, opened_at, status,
                    priority, impact, urgency, product, channel, approval, entitlement, reservation, repeats, opening_key,
                    to_route, created_at, updated_at)
                values (:id, :external, :number, :account, cast(:contact as uuid), :subject, :now, :status, :priority,
                    nullif(:impact, ''), nullif(:urgency, ''), nullif(:product, ''), nullif(:channel, ''), :approval, :told,
                    cast(:reservation as uuid), cast(:repeats as uuid), :key, :route, :now, :now)
                """)
                .param("id", id)
                .param("external", "desk-" + number)
                .param("number", number)
                .param("account", fresh.account().value())
                .param("contact", fresh.contact())
                .param("subject", fresh.subject())
                .param("now", Timestamp.from(now))
                .param("status", (approval ? CaseState.ON_HOLD : CaseState.OPEN).status())
                .param("priority", opening.priority().key())
                .param("impact", fresh.impact())
                .param("urgency", fresh.urgency())
                .param("product", fresh.product())
                .param("channel", fresh.channel())
                .param("approval", approval ? "needed" : null)
                .param("told", decision.sentence())
                .param("reservation", decision.reservation())
                .param("repeats", repeated(fresh, now))
                .param("key", opening.key())
                .param("route", opening.writtenDownBy() == null)
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

    private static Arrivals.Words first(UUID id, Opening opening) {
        NewCase fresh = opening.fresh();
        IncomingLetter letter = opening.letter();
        return new Arrivals.Words(
                opening.key(),
                id,
                fresh.account(),
                fresh.contact(),
                null,
                opening.writtenDownBy(),
                "customer",
                fresh.text(),
                letter == null ? null : new Arrivals.ByMail(letter, false));
    }

    /** At once, with the time by which a person answers on the reader's own clock. */
    private void acknowledge(UUID id, long number, Opening opening) {
        CaseLetters.Reader reader = readers.of(opening.fresh().contact()).orElse(null);
        if (reader == null) {
            return;
        }
        Instant due = clocks.of(id).stream()
                .filter(promise -> promise.kind() == Clocked.Kind.FIRST_RESPONSE && promise.isOpen())
                .map(Clocked::dueAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        String text = letters.acknowledgement(
                reader, number, opening.fresh().subject(), opening.priority(), due, opening.letter());
        post.say(
                id,
                CasePost.Words.automatic("acknowledged-" + id, CasePost.Purpose.ACKNOWLEDGEMENT, text),
                Actor.SYSTEM);
    }
}
