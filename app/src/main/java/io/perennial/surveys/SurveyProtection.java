package io.perennial.surveys;

import io.perennial.platform.records.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whoever puts a question to a customer asks here first and says here that it was put, in the transaction that does so. A person is
 * known by their row and by their address, so that somebody who stands in two accounts is asked once.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class SurveyProtection {

    /** Questions of one year count. */
    static final Duration YEAR = Duration.ofDays(365);

    /** Only one transaction at a time decides who is asked. */
    private static final int LOCK = 0x5375_7276;

    private final JdbcClient database;
    private final AskingRules rules;
    private final Clock clock;

    SurveyProtection(JdbcClient database, AskingRules rules, Clock clock) {
        this.database = database;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * A question to one person.
     *
     * @param reference what is asked: an invitation, a case, an exit survey
     * @param name of it, for people
     */
    public record Question(
            AskingSource source, UUID reference, String name, UUID account, UUID contact, String address) {}

    /** From here to the end of the transaction nobody else decides. */
    void decideAlone() {
        database.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query((row, number) -> true)
                .list();
    }

    /**
     * May this person be asked? When not, that is written down for the page that says who was left out.
     *
     * @param reference what is asked: a case, an exit survey
     * @param name of it, for people
     * @return why not, as a sentence; empty when they may
     */
    public Optional<String> against(AskingSource source, UUID reference, String name, UUID contact) {
        return question(source, reference, name, contact).flatMap(this::against);
    }

    /** The question is put. Saying it twice says it once. */
    public void asked(AskingSource source, UUID reference, String name, UUID contact) {
        question(source, reference, name, contact).ifPresent(this::asked);
    }

    private Optional<Question> question(AskingSource source, UUID reference, String name, UUID contact) {
        return database.sql(
                        "select account_id, coalesce(nullif(email, ''), id::text) from accounts.contact where id = :id")
                .param("id", contact)
                .query((row, number) ->
                        new Question(source, reference, name, row.getObject(1, UUID.class), contact, row.getString(2)))
                .optional();
    }

    private Optional<String> against(Question question) {
        decideAlone();
        AskingRule rule = rules.rule();
        Instant now = clock.instant();
        int quiet = question.source() == AskingSource.CASE ? rule.afterCaseDays() : rule.quietDays();
        String why = question.source() == AskingSource.EXIT
                ? null
                : database
                        .sql("""
                select case when exists (select from surveys.unwilling u where u.contact_id = :contact or u.address_hash = %1$s)
                        then 'unwilling: Wants no more surveys.'
                    when q.latest > :quiet then 'protected: Was asked on ' || to_char(q.latest at time zone 'UTC', 'YYYY-MM-DD') || ': ' || q.name
                    when q.times >= :most then 'protected: Was asked ' || q.times || ' times within a year.' end
                from (
                    select max(s.asked_at) as latest, count(*) filter (where s.source <> 'exit') as times,
                        (array_agg(s.name order by s.asked_at desc))[1] as name
                    from surveys.asked s
                    where (s.contact_id = :contact or s.address_hash = %1$s) and s.asked_at > :year
                ) q
                """.formatted(hash(":address")))
                        .param("contact", question.contact())
                        .param("address", question.address())
                        .param("quiet", Timestamp.from(now.minus(Duration.ofDays(quiet))))
                        .param("year", Timestamp.from(now.minus(YEAR)))
                        .param("most", rule.mostAYear())
                        .query(String.class)
                        .list()
                        .stream()
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        if (why == null) {
            return Optional.empty();
        }
        int colon = why.indexOf(": ");
        leaveOut(question, why.substring(0, colon), why.substring(colon + 2));
        return Optional.of(why.substring(colon + 2));
    }

    void asked(Question question) {
        database.sql("""
                insert into surveys.asked (source, reference, name, account_id, contact_id, address_hash, asked_at)
                values (:source, :reference, :name, :account, :contact, %s, :now)
                on conflict (source, reference) do nothing
                """.formatted(hash(":address")))
                .param("source", question.source().key())
                .param("reference", question.reference())
                .param("name", question.name())
                .param("account", question.account())
                .param("contact", question.contact())
                .param("address", question.address())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void leaveOut(Question question, String reason, @Nullable String detail) {
        leaveOut(List.of(new LeftOut.Kept(
                question.source(),
                question.reference(),
                question.name(),
                question.account(),
                question.contact(),
                reason,
                detail)));
    }

    /** A person whose reason is what it was keeps the day on which it began. */
    void leaveOut(List<LeftOut.Kept> people) {
        if (people.isEmpty()) {
            return;
        }
        database.sql("""
                insert into surveys.left_out (id, source, reference, name, account_id, contact_id, reason, detail, at)
                select * from unnest(cast(:ids as uuid[]), cast(:sources as text[]), cast(:references as uuid[]), cast(:names as text[]),
                    cast(:accounts as uuid[]), cast(:contacts as uuid[]), cast(:reasons as text[]), cast(:details as text[]),
                    cast(:times as timestamptz[]))
                on conflict (source, reference, contact_id) do update set reason = excluded.reason, detail = excluded.detail,
                    at = excluded.at, name = excluded.name
                where (left_out.reason, left_out.detail) is distinct from (excluded.reason, excluded.detail)
                """)
                .param("ids", people.stream().map(one -> Ids.next()).toArray(UUID[]::new))
                .param("sources", people.stream().map(one -> one.source().key()).toArray(String[]::new))
                .param(
                        "references",
                        people.stream().map(LeftOut.Kept::reference).toArray(UUID[]::new))
                .param("names", people.stream().map(LeftOut.Kept::name).toArray(String[]::new))
                .param("accounts", people.stream().map(LeftOut.Kept::account).toArray(UUID[]::new))
                .param("contacts", people.stream().map(LeftOut.Kept::contact).toArray(UUID[]::new))
                .param("reasons", people.stream().map(LeftOut.Kept::reason).toArray(String[]::new))
                .param("details", people.stream().map(LeftOut.Kept::detail).toArray(String[]::new))
                .param(
                        "times",
                        people.stream().map(one -> clock.instant().toString()).toArray(String[]::new))
                .update();
    }

    /** SQL: what an address is known by; the address itself is not kept. */
    static String hash(String expression) {
        return "encode(sha256(convert_to(lower(" + expression + "), 'UTF8')), 'hex')";
    }
}
