package io.perennial.engagement.people;

import io.perennial.engagement.DepartureHandled;
import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody who carries a relationship seems to be gone: a letter came back, a machine says so, the contact is marked, or the title
 * has changed. One task for the account's owner, once, until the person is confirmed again; none when a renewal asks for it already.
 */
@Component
@Transactional
public class Departures {

    /** Roles whose loss is a reason to act, in words as roles are compared. */
    public static final List<String> MATTERING =
            List.of("champion", "decision_maker", "sponsor", "executive_sponsor", "executive", "renewal");

    /** Marks older than this came in with old data. */
    private static final int FRESH_DAYS = 30;

    private static final int TASK_DAYS = 3;
    private static final int LONGEST = 300;
    private static final int BATCH = 500;
    private static final String EVERYBODY = "true";

    private final JdbcClient database;
    private final ObjectProvider<DepartureHandled> handled;
    private final Tasks tasks;
    private final Clock clock;

    Departures(JdbcClient database, ObjectProvider<DepartureHandled> handled, Tasks tasks, Clock clock) {
        this.database = database;
        this.handled = handled;
        this.tasks = tasks;
        this.clock = clock;
    }

    private record Untold(
            UUID contact,
            Instant noticedAt,
            String why,
            String evidence,
            String name,
            String roles,
            AccountId account,
            String accountName,
            @Nullable UUID owner) {}

    /** Of people who matter and were not seen again since; what is known already is not noticed again. */
    public void heard(UUID contact, String why, String evidence) {
        oneAtATime();
        database.sql("""
                insert into engagement.departure (contact_id, why, evidence, noticed_at)
                select c.id, :why, :evidence, :now from accounts.contact c
                where c.id = :contact and c.role_words && cast(:roles as text[]) and not exists (
                    select from engagement.departure d
                    where d.contact_id = c.id and d.noticed_at::date >= coalesce(c.confirmed_on, '-infinity'))
                on conflict do nothing
                """)
                .param("contact", contact)
                .param("why", why)
                .param("evidence", evidence.length() > LONGEST ? evidence.substring(0, LONGEST - 1) + "…" : evidence)
                .param("roles", new SqlArrayValue("text", MATTERING.toArray()))
                .param("now", now())
                .update();
    }

    /** Looks at contacts and makes the tasks that are due. Doing it again changes nothing. @return tasks made */
    public int look() {
        oneAtATime();
        marked(EVERYBODY, Map.of());
        retitled();
        return tell();
    }

    /** The same for people of one account who are marked as gone: what somebody in a hurry wants to know, by index. */
    void lookAt(AccountId account) {
        oneAtATime();
        marked("c.account_id = :account", Map.of("account", account.value()));
        tell();
    }

    /** Two servers that notice the same at different moments would notice it twice. */
    private void oneAtATime() {
        database.sql("select pg_advisory_xact_lock(hashtext('perennial departures'))")
                .query((row, number) -> 0)
                .list();
    }

    private void marked(String whose, Map<String, ?> parameters) {
        database.sql("""
                insert into engagement.departure (contact_id, why, evidence, noticed_at)
                select c.id, 'left', 'Is marked as gone since ' || to_char(c.left_on, 'DD Mon YYYY') || '.', :now
                from accounts.contact c
                where %s and c.left_on <= :today and c.left_on > :today - :fresh and c.role_words && cast(:roles as text[])
                  and not exists (select from engagement.departure d
                    where d.contact_id = c.id and d.noticed_at::date >= coalesce(c.confirmed_on, '-infinity'))
                limit :most on conflict do nothing
                """.formatted(whose))
                .params(parameters)
                .param("now", now())
                .param("today", today())
                .param("fresh", FRESH_DAYS)
                .param("roles", new SqlArrayValue("text", MATTERING.toArray()))
                .param("most", BATCH)
                .update();
    }

    /** A new title may be a new job. The first time that we see one it is only remembered. */
    private void retitled() {
        database.sql("""
                with seen as (
                    select c.id, btrim(c.title) as title, k.title as before, c.confirmed_on from accounts.contact c
                    left join engagement.known_title k on k.contact_id = c.id
                    where c.role_words && cast(:roles as text[]) and btrim(c.title) <> '' and c.left_on is null
                      and lower(btrim(c.title)) is distinct from lower(k.title)
                    limit :most),
                noticed as (
                    insert into engagement.departure (contact_id, why, evidence, noticed_at)
                    select s.id, 'title', left('Was ' || s.before || ', is ' || s.title || ' now.', 300), :now from seen s
                    where s.before is not null and not exists (select from engagement.departure d
                        where d.contact_id = s.id and d.noticed_at::date >= coalesce(s.confirmed_on, '-infinity'))
                    on conflict do nothing)
                insert into engagement.known_title (contact_id, title) select id, title from seen
                on conflict (contact_id) do update set title = excluded.title
                """)
                .param("roles", new SqlArrayValue("text", MATTERING.toArray()))
                .param("now", now())
                .param("most", 20 * BATCH)
                .update();
    }

    private int tell() {
        List<Untold> untold = database.sql("""
                select d.contact_id, d.noticed_at, d.why, d.evidence, c.name, array_to_string(c.roles, ', ') as roles, a.id as account_id,
                    a.name as account_name, a.owner_id
                from engagement.departure d
                join accounts.contact c on c.id = d.contact_id
                join accounts.account a on a.id = c.account_id
                where d.told_at is null order by d.noticed_at, d.contact_id limit :most
                for update of d skip locked
                """)
                .param("most", BATCH)
                .query((row, number) -> new Untold(
                        row.getObject("contact_id", UUID.class),
                        row.getTimestamp("noticed_at").toInstant(),
                        row.getString("why"),
                        row.getString("evidence"),
                        row.getString("name"),
                        row.getString("roles").replace('_', ' '),
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("account_name"),
                        row.getObject("owner_id", UUID.class)))
                .list();
        int made = 0;
        for (Untold one : untold) {
            if (handled.stream().noneMatch(other -> other.handles(one.contact(), one.why(), one.evidence()))
                    && tasks.createOnce(cause(one), one.account(), task(one), Actor.SYSTEM)
                            .isPresent()) {
                made++;
            }
            database.sql(
                            "update engagement.departure set told_at = :now where contact_id = :contact and noticed_at = :at")
                    .param("now", now())
                    .param("contact", one.contact())
                    .param("at", Timestamp.from(one.noticedAt()))
                    .update();
        }
        return made;
    }

    private static String cause(Untold one) {
        return "departure:" + one.contact() + ":" + one.noticedAt().getEpochSecond();
    }

    private NewTask task(Untold one) {
        String title = "Find who follows " + one.name() + " at " + one.accountName();
        return new NewTask(
                title.length() > 290 ? title.substring(0, 290) : title,
                one.evidence() + " Was " + one.roles() + ". Call somebody else there, and mark or confirm the person.",
                "departure",
                today().plusDays(TASK_DAYS),
                one.owner(),
                null);
    }

    /** Of an account, noticed and not disproved since. */
    @Transactional(readOnly = true)
    public List<Suspected> of(AccountId account) {
        return database.sql("""
                select c.name, d.evidence, d.noticed_at from engagement.departure d
                join accounts.contact c on c.id = d.contact_id
                where c.account_id = :account and d.noticed_at::date >= coalesce(c.confirmed_on, '-infinity')
                order by d.noticed_at desc limit 20
                """)
                .param("account", account.value())
                .query((row, number) -> new Suspected(
                        row.getString(1),
                        row.getString(2),
                        LocalDate.ofInstant(row.getTimestamp(3).toInstant(), ZoneOffset.UTC)))
                .list();
    }

    /** @param evidence why we think so, a sentence */
    public record Suspected(String name, String evidence, LocalDate noticedOn) {}

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
