package io.perennial.renewals;

import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notices that somebody on whom a renewal depends seems to be gone, and asks to find who follows: once for each person and renewal,
 * and again only for what happens after they were confirmed anew.
 */
@Component
public class Departures {

    /** Days in which somebody finds the successor. */
    private static final int TASK_DAYS = 7;

    /** Silent is who had the notice and both reminders, the last of them so long ago. */
    private static final int SILENT_DAYS = 14;

    private static final int BATCH = 500;
    private static final int LONGEST = 300;

    private final JdbcClient database;
    private final Renewals renewals;
    private final RenewalLog log;
    private final Tasks tasks;
    private final Clock clock;

    Departures(JdbcClient database, Renewals renewals, RenewalLog log, Tasks tasks, Clock clock) {
        this.database = database;
        this.renewals = renewals;
        this.log = log;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** @param why bounce, reply, left, title or silence */
    public record Departure(
            UUID contact,
            String name,
            String why,
            String evidence,
            LocalDate noticedOn,
            @Nullable UUID task) {}

    private record Suspect(UUID renewal, UUID contact, String name, String why, String evidence) {}

    /** Of people who are still named, as long as nobody confirmed them again. */
    public List<Departure> of(UUID renewal) {
        return database.sql("""
                select d.contact_id, c.name, d.why, d.evidence, d.noticed_on, d.task_id from renewals.departure d
                join renewals.person p on p.renewal_id = d.renewal_id and p.contact_id = d.contact_id
                join accounts.contact c on c.id = d.contact_id
                where d.renewal_id = :id and d.settled_on is null order by c.name, c.id limit 100
                """)
                .param("id", renewal)
                .query((row, number) -> new Departure(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, LocalDate.class),
                        row.getObject(6, UUID.class)))
                .list();
    }

    /** What a letter told us about a person, for every open renewal that depends on them. */
    @Transactional
    public void heard(UUID contact, String why, String evidence) {
        database.sql("""
                select p.renewal_id, c.name from renewals.person p join renewals.renewal r on r.id = p.renewal_id
                join accounts.contact c on c.id = p.contact_id
                where p.contact_id = :contact and r.outcome in ('open', 'lapsed') order by r.due_on, r.id limit 50
                """)
                .param("contact", contact)
                .query((row, number) ->
                        new Suspect(row.getObject(1, UUID.class), contact, row.getString(2), why, evidence))
                .list()
                .forEach(this::suspect);
    }

    /** What contacts and calendars tell: who left, has another title than when confirmed, or never answered. */
    @Transactional
    public int look() {
        return look("true", Map.of());
    }

    /** The same at one account. */
    @Transactional
    int lookAt(AccountId account) {
        return look("r.account_id = :account", Map.of("account", account.value()));
    }

    private int look(String where, Map<String, ?> parameters) {
        List<Suspect> suspects = database.sql("""
                select s.renewal_id, s.contact_id, s.name, s.why, s.evidence from (
                    select p.renewal_id, p.contact_id, c.name, case
                            when c.left_on <= :today then 'left'
                            when lower(c.title) <> lower(p.confirmed_title) then 'title'
                            when q.sent_on <= :today - :silent and q.sent_on > coalesce(d.settled_on, '-infinity')
                                then 'silence'
                        end as why,
                        case
                            when c.left_on <= :today then 'Is marked as gone since ' || to_char(c.left_on, 'DD Mon YYYY') || '.'
                            when lower(c.title) <> lower(p.confirmed_title)
                                then 'Was ' || p.confirmed_title || ' when confirmed, is ' || c.title || ' now.'
                            else 'Has not answered the notice and two reminders.'
                        end as evidence
                    from renewals.person p
                    join renewals.renewal r on r.id = p.renewal_id and r.outcome in ('open', 'lapsed')
                    join accounts.contact c on c.id = p.contact_id
                    left join renewals.departure d on d.renewal_id = p.renewal_id and d.contact_id = p.contact_id
                    left join renewals.letter q on q.renewal_id = p.renewal_id and q.contact_id = p.contact_id
                        and q.step = 'reminder2' and q.letter_id is not null
                        and not exists (select from renewals.answer a where a.renewal_id = p.renewal_id)
                        and not exists (
                            select from engagement.touchpoint t
                            where t.contact_id = p.contact_id and t.conversation and t.at >= r.noticed_on)
                    where %s and p.confirmed_on is not null and (d.contact_id is null or d.settled_on is not null)) s
                where s.why is not null order by 1, 2 limit :most
                """.formatted(where))
                .params(parameters)
                .param("today", today())
                .param("silent", SILENT_DAYS)
                .param("most", BATCH)
                .query((row, number) -> new Suspect(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5)))
                .list();
        suspects.forEach(this::suspect);
        return suspects.size();
    }

    private void suspect(Suspect suspect) {
        String evidence = suspect.evidence().length() > LONGEST
                ? suspect.evidence().substring(0, LONGEST - 1) + "…"
                : suspect.evidence();
        int first = database.sql("""
                insert into renewals.departure (renewal_id, contact_id, why, evidence, noticed_on)
                values (:renewal, :contact, :why, :evidence, :today)
                on conflict (renewal_id, contact_id) do update set why = excluded.why, evidence = excluded.evidence,
                    noticed_on = excluded.noticed_on, settled_on = null, task_id = null
                where departure.settled_on is not null
                """)
                .param("renewal", suspect.renewal())
                .param("contact", suspect.contact())
                .param("why", suspect.why())
                .param("evidence", evidence)
                .param("today", today())
                .update();
        if (first == 0) {
            return;
        }
        Renewal renewal = renewals.find(suspect.renewal()).orElseThrow();
        Tasks.Created task = tasks.createFor(
                renewal.account(),
                new NewTask(
                        "Find who follows " + suspect.name() + " for the renewal of " + renewal.title(),
                        evidence + " It is due on " + renewal.dueOn() + ".",
                        "renewal",
                        today().plusDays(TASK_DAYS),
                        renewal.ownerId(),
                        null),
                RenewalWork.machine());
        database.sql(
                        "update renewals.departure set task_id = :task where renewal_id = :renewal and contact_id = :contact")
                .param("task", task.task())
                .param("renewal", suspect.renewal())
                .param("contact", suspect.contact())
                .update();
        log.write(
                suspect.renewal(),
                "noticed that " + suspect.name() + " may be gone: " + evidence,
                RenewalWork.machine(),
                null);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
