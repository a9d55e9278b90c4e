package io.perennial.demo;

import static io.perennial.demo.DemoRecords.row;

import io.perennial.demo.Customer.Story;
import io.perennial.platform.records.RecordRow;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the demo company stays in touch: its cadence, interviews of two years, planned meetings, a letter that waits. */
final class DemoEngagement {

    private static final String QUESTIONNAIRE = "Relationship interview";

    private final LocalDate today;

    DemoEngagement(LocalDate today) {
        this.today = today;
    }

    List<RecordRow> interviews(List<Customer> customers) {
        List<RecordRow> rows = new ArrayList<>();
        for (Customer c : customers) {
            if (isAsked(c)) {
                for (int ago : List.of(410, 45)) {
                    rows.add(row(
                            key(c, ago),
                            "account",
                            c.id(),
                            "contact",
                            c.id() + "-decides",
                            "held_on",
                            today.minusDays(ago).toString(),
                            "questionnaire",
                            QUESTIONNAIRE,
                            "questionnaire_version",
                            "0",
                            "member",
                            c.owner(),
                            "summary",
                            summary(c, ago),
                            "sentiment",
                            isUneasy(c) && ago < 100 ? "anxious" : "content"));
                }
            }
        }
        return rows;
    }

    List<RecordRow> answers(List<Customer> customers) {
        List<RecordRow> rows = new ArrayList<>();
        for (Customer c : customers) {
            if (isAsked(c)) {
                for (int ago : List.of(410, 45)) {
                    boolean low = isUneasy(c) && ago < 100;
                    rows.add(answer(
                            c, ago, "goals", "Fewer planning meetings, and one plan that every site trusts.", null));
                    rows.add(answer(
                            c,
                            ago,
                            "value",
                            low ? "Two sites of five use it." : "Most of it; reports came late.",
                            low ? 2 : 4));
                    rows.add(answer(
                            c,
                            ago,
                            "service",
                            low ? "Good people, slow answers." : "Always friendly and quick.",
                            low ? 3 : 5));
                    rows.add(answer(
                            c,
                            ago,
                            "renewal",
                            low ? "The new director asks what it brings." : "No doubt.",
                            low ? 2 : 5));
                    rows.add(answer(
                            c,
                            ago,
                            "advice",
                            low ? "Show our director what it saved." : "Tell us earlier what is coming.",
                            null));
                }
            }
        }
        return rows;
    }

    private static boolean isAsked(Customer c) {
        return !c.segment().equals("SMB")
                && c.story() != Story.LOST
                && c.story() != Story.NEW
                && c.story() != Story.SILENT
                && c.since() > 450;
    }

    private static boolean isUneasy(Customer c) {
        return c.story() == Story.FADING || c.story() == Story.DETRACTOR || c.story() == Story.USE_FELL;
    }

    private static String summary(Customer c, int ago) {
        return isUneasy(c) && ago < 100
                ? "Worried: the sponsor has to defend the budget and has no figures."
                : "Content; wants to hear of plans earlier.";
    }

    private RecordRow answer(Customer c, int ago, String question, String words, @Nullable Integer score) {
        return row(
                key(c, ago) + "-" + question,
                "account",
                c.id(),
                "interview",
                key(c, ago),
                "question",
                question,
                "body",
                words,
                "score",
                score == null ? null : score.toString(),
                "sentiment",
                score == null ? null : score < 3 ? "anxious" : "content");
    }

    private static String key(Customer c, int ago) {
        return c.id() + "-interview-" + ago;
    }

    /** Rules, meetings of the next weeks, and letters to somebody who is no contact yet. */
    void load(JdbcClient database, Instant now) {
        Timestamp at = Timestamp.from(now);
        database.sql("""
                insert into engagement.cadence_version (version, reason, published_by, published_at)
                values (1, 'Large customers hear from us every month, small ones each quarter.', 'Demo company', :now)
                on conflict do nothing
                """).param("now", at).update();
        database.sql("""
                insert into engagement.cadence_rule (version, position, name, segment, days, who, tasks) values
                    (1, 0, 'Enterprise, monthly', 'Enterprise', 30, 'anybody', true),
                    (1, 1, 'Mid-market, every six weeks', 'Mid-market', 45, 'anybody', false),
                    (1, 2, 'Everybody, each quarter', null, 90, 'anybody', false)
                on conflict do nothing
                """).update();
        Instant day = now.truncatedTo(ChronoUnit.DAYS);
        database.sql("""
                insert into engagement.meeting (id, account_id, uid, sequence, title, starts_at, ends_at, state, touchpoint,
                    created_at, updated_at)
                select gen_random_uuid(), a.id, 'demo-' || a.external_id, 0, 'Quarterly review',
                    cast(:day as timestamptz) + n * interval '2 days' + interval '9 hours',
                    cast(:day as timestamptz) + n * interval '2 days' + interval '10 hours', 'planned', 'demo-meeting-' || a.external_id,
                    :now, :now
                from (select a.*, row_number() over (order by a.external_id) as n from accounts.account a
                    where a.segment <> 'SMB' limit 6) a
                on conflict do nothing
                """).param("day", Timestamp.from(day)).param("now", at).update();
        database.sql("""
                insert into engagement.meeting_guest (meeting_id, address, name, contact_id, answer)
                select m.id, lower(c.email), c.name, c.id, 'accepted' from engagement.meeting m
                join accounts.contact c on c.account_id = m.account_id and c.external_id like '%-champion'
                on conflict do nothing
                """).update();
        database.sql("""
                insert into engagement.captured (letter_id, message_id, thread, member_id, from_address, subject, body, answered, at)
                select id, '<' || id || '@demo.example>', '<' || id || '@demo.example>', m.member, 'team@lumenworks.example',
                    'Nice to meet you', 'Thank you for the call. The plan is attached.', false, :at
                from (select gen_random_uuid() as id,
                    (select t.id from identity.team_member t order by t.external_id limit 1) as member) m
                """)
                .param("at", Timestamp.from(now.minus(2, ChronoUnit.DAYS)))
                .update();
        database.sql("""
                insert into engagement.captured_address (letter_id, address, state)
                select letter_id, 'noor.haddad@oslo-ferry.example', 'waiting' from engagement.captured
                """).update();
        database.sql("""
                insert into engagement.contact_wish (contact_id, channel, days, from_hour, to_hour, note, changed_by, changed_at)
                select c.id, 'phone', '{tue,thu}', 9, 12, 'Prefers a short call to a long letter.', 'Demo company', :now
                from accounts.contact c where c.external_id like '%-champion' order by c.external_id limit 5
                on conflict do nothing
                """).param("now", at).update();
    }
}
