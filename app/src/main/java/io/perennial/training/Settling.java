package io.perennial.training;

import io.perennial.programs.Entitlements;
import io.perennial.programs.Entitlements.Decision;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Brings assignments and the ledger in line with completions, in whichever order they came; doing it again changes nothing. */
@Component
class Settling {

    /** Completions older than this, which nobody was assigned to, are history and draw nothing from what runs now. */
    private static final int DRAWN_DAYS = 31;

    private static final int BATCH = 500;

    private final JdbcClient database;
    private final Courses courses;
    private final Assignments assignments;
    private final Entitlements entitlements;
    private final Clock clock;

    Settling(JdbcClient database, Courses courses, Assignments assignments, Entitlements entitlements, Clock clock) {
        this.database = database;
        this.courses = courses;
        this.assignments = assignments;
        this.entitlements = entitlements;
        this.clock = clock;
    }

    private record Turned(
            UUID id, AccountId account, @Nullable UUID reservation, BigDecimal units, LocalDate completedOn) {}

    @Transactional
    void settle(Collection<UUID> accounts) {
        UUID[] ids = accounts.stream().sorted().toArray(UUID[]::new);
        takenBack(ids);
        completed(ids);
        unasked(ids);
        gone(ids);
    }

    private void completed(UUID[] accounts) {
        turned("""
                update training.assignment s set completed_on = d.completed_on, waits = null
                from training.course k, (
                    select o.id, max(h.completed_on) as completed_on from training.assignment o
                    join training.held h on h.contact_id = o.contact_id and h.course_id = o.course_id
                      and (h.expires_on is null or h.expires_on >= :today)
                    where o.account_id = any(:accounts) and o.completed_on is null and o.removed_on is null
                    group by o.id) d
                where s.id = d.id and s.completed_on is null and s.removed_on is null and k.id = s.course_id
                returning s.id, s.account_id, s.reservation_id, coalesce(k.units, 1) as units, s.completed_on
                """, accounts).forEach(one -> {
            if (one.reservation() != null) {
                entitlements.consume(one.reservation(), one.units(), Actor.SYSTEM);
            }
        });
    }

    /** The completion that an assignment rested on is there no more. */
    private void takenBack(UUID[] accounts) {
        turned("""
                update training.assignment s set completed_on = null from training.course k
                where s.account_id = any(:accounts) and s.completed_on is not null and s.removed_on is null
                  and k.id = s.course_id
                  and not exists (
                    select from training.completion c where c.contact_id = s.contact_id and c.course_id = s.course_id
                      and c.completed_on = s.completed_on)
                  and not exists (
                    select from training.assignment o where o.contact_id = s.contact_id and o.course_id = s.course_id
                      and o.id <> s.id and o.completed_on is null and o.removed_on is null)
                returning s.id, s.account_id, s.reservation_id, coalesce(k.units, 1) as units, cast(:today as date) as completed_on
                """, accounts).forEach(one -> {
            if (one.reservation() != null) {
                entitlements.takeBack(one.reservation(), Actor.SYSTEM);
            }
        });
        record Draw(
                UUID contact,
                UUID course,
                LocalDate on,
                @Nullable UUID reservation) {}
        database.sql("""
                delete from training.draw d using accounts.contact p
                where p.id = d.contact_id and p.account_id = any(:accounts) and not exists (
                    select from training.completion c where c.contact_id = d.contact_id and c.course_id = d.course_id
                      and c.completed_on = d.completed_on)
                returning d.contact_id, d.course_id, d.completed_on, d.reservation_id
                """)
                .param("accounts", accounts)
                .query((row, number) -> new Draw(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getObject(3, LocalDate.class),
                        row.getObject(4, UUID.class)))
                .list()
                .forEach(one -> {
                    if (one.reservation() != null) {
                        entitlements.takeBack(one.reservation(), Actor.SYSTEM);
                    }
                });
    }

    /** Who took an entitled course without being asked has used a unit all the same. */
    private void unasked(UUID[] accounts) {
        record Taken(AccountId account, UUID contact, String name, UUID course, LocalDate on) {}
        List<Taken> taken = database.sql("""
                select distinct c.account_id, c.contact_id, p.name, c.course_id, c.completed_on
                from training.completion c join training.course k on k.id = c.course_id and k.kind = 'entitled'
                join accounts.contact p on p.id = c.contact_id
                where c.account_id = any(:accounts) and c.completed_on between cast(:today as date) - :days and :today
                  and not exists (
                    select from training.assignment s where s.contact_id = c.contact_id and s.course_id = c.course_id
                      and s.completed_on = c.completed_on)
                  and not exists (
                    select from training.draw d where d.contact_id = c.contact_id and d.course_id = c.course_id
                      and d.completed_on = c.completed_on)
                order by c.account_id, c.contact_id, c.course_id, c.completed_on
                """)
                .param("accounts", accounts)
                .param("today", today())
                .param("days", DRAWN_DAYS)
                .query((row, number) -> new Taken(
                        new AccountId(row.getObject(1, UUID.class)),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getObject(4, UUID.class),
                        row.getObject(5, LocalDate.class)))
                .list();
        for (Taken one : taken) {
            Course course = courses.find(one.course()).orElseThrow();
            Decision decision = entitlements.draw(
                    one.account(),
                    course.unitOrUsual(),
                    course.unitsOrOne(),
                    course.name() + " for " + one.name(),
                    // Undone and brought again it is another draw; what runs twice finds the row below.
                    "training:" + one.contact() + ":" + one.course() + ":" + one.on() + ":" + UUID.randomUUID(),
                    Actor.SYSTEM);
            database.sql("""
                    insert into training.draw (contact_id, course_id, completed_on, reservation_id)
                    values (:contact, :course, :on, :reservation) on conflict do nothing
                    """)
                    .param("contact", one.contact())
                    .param("course", one.course())
                    .param("on", one.on())
                    .param("reservation", decision.reservation(), Types.OTHER)
                    .update();
        }
    }

    /** Who has left learns nothing any more: what was held for them goes back. */
    private void gone(UUID[] accounts) {
        database.sql("""
                select s.id from training.assignment s join accounts.contact c on c.id = s.contact_id
                where s.account_id = any(:accounts) and s.completed_on is null and s.removed_on is null and c.left_on <= :today
                order by s.account_id, s.id limit 5000
                """)
                .param("accounts", accounts)
                .param("today", today())
                .query((row, number) -> row.getObject(1, UUID.class))
                .list()
                .forEach(id -> assignments.turn(id, true, Actor.SYSTEM));
    }

    /**
     * Asks whom rules name and who neither holds the course nor was asked.
     *
     * @param accounts null: all of them
     * @return how many; zero when nobody is left
     */
    @Transactional
    int byRule(@Nullable Collection<UUID> accounts) {
        record Due(UUID account, UUID contact, String name, UUID course, UUID rule) {}
        LocalDate today = today();
        List<Due> due = database.sql("""
                select distinct on (c.id, k.id) c.account_id, c.id as contact, c.name, k.id as course, r.id as rule
                from training.rule r
                join training.course k on k.id = r.course_id and (k.retired_on is null or k.retired_on > :today)
                join accounts.contact c on r.role = any(c.role_words) and (c.left_on is null or c.left_on > :today)
                join accounts.account a on a.id = c.account_id and (r.segment is null or lower(a.segment) = lower(r.segment))
                where (:everybody or c.account_id = any(:accounts))
                  and not exists (
                    select from training.assignment s where s.contact_id = c.id and s.course_id = k.id
                      and ((s.completed_on is null and s.removed_on is null) or s.removed_on is not null and s.rule_id = r.id))
                  and not exists (
                    select from training.held h where h.contact_id = c.id and h.course_id = k.id
                      and (h.expires_on is null or h.expires_on >= :today))
                order by c.id, k.id, r.made_on limit :batch
                """)
                .param("today", today)
                .param("everybody", accounts == null)
                .param("accounts", accounts == null ? new UUID[0] : accounts.toArray(UUID[]::new))
                .param("batch", BATCH)
                .query((row, number) -> new Due(
                        row.getObject("account_id", UUID.class),
                        row.getObject("contact", UUID.class),
                        row.getString("name"),
                        row.getObject("course", UUID.class),
                        row.getObject("rule", UUID.class)))
                .list();
        int asked = 0;
        for (Due one : due.stream()
                .sorted(java.util.Comparator.comparing(Due::account).thenComparing(Due::contact))
                .toList()) {
            Course course = courses.find(one.course()).orElseThrow();
            boolean added = Objects.nonNull(assignments.write(
                    new AccountId(one.account()),
                    one.contact(),
                    course,
                    today.plusDays(course.daysOrUsual()),
                    one.rule(),
                    one.name(),
                    Actor.SYSTEM));
            asked += added ? 1 : 0;
        }
        return asked;
    }

    private List<Turned> turned(String statement, UUID[] accounts) {
        return database
                .sql(statement)
                .param("accounts", accounts)
                .param("today", today())
                .query((row, number) -> new Turned(
                        row.getObject("id", UUID.class),
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getObject("reservation_id", UUID.class),
                        row.getBigDecimal("units"),
                        row.getObject("completed_on", LocalDate.class)))
                .list()
                .stream()
                .sorted(java.util.Comparator.comparing(
                                (Turned one) -> one.account().value())
                        .thenComparing(Turned::id))
                .toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
