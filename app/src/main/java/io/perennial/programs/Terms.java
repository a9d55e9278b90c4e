package io.perennial.programs;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps pots as enrolments say: grants the units of a term when it begins, corrects them when another version was chosen,
 * and lets expire what is left when a term is over.
 */
@Repository
class Terms {

    private final JdbcClient database;

    Terms(JdbcClient database) {
        this.database = database;
    }

    /**
     * Draws, grants and changes of enrolments of one account go one after the other.
     *
     * @return whether there is any enrolment; without one there are no terms
     */
    boolean lock(Collection<AccountId> accounts) {
        return !database.sql(
                        "select id from programs.enrolment where account_id = any(:accounts) order by account_id, id for update")
                .param("accounts", AccountIds.array(accounts))
                .query()
                .listOfRows()
                .isEmpty();
    }

    /** Under {@link #lock}. Doing it again changes nothing. */
    void renew(Collection<AccountId> accounts, Instant now, Actor actor) {
        database.sql(RENEW)
                .param("accounts", AccountIds.array(accounts))
                .param("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                .param("now", Timestamp.from(now))
                .param("actorKind", actor.kind().name())
                .param("actorId", actor.id())
                .param("actorName", actor.name())
                .update();
    }

    /** Under {@link #lock}. */
    void expire(Collection<AccountId> accounts, Instant now) {
        database.sql(EXPIRE)
                .param("accounts", AccountIds.array(accounts))
                .param("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                .param("now", Timestamp.from(now))
                .update();
    }

    /**
     * A term begins every so many months after the enrolment began. What a version gives is compared with what its pot
     * got by itself; the difference is an entry. What expired too early, because the end of a contract was moved, comes
     * back.
     */
    private static final String RENEW = """
            with running as (
                select e.id as enrolment_id, e.account_id, e.version_id, e.starts_on as since, e.ends_on as until,
                       p.name || ' ' || v.number as program, u.unit, u.title, u.rule, u.amount, u.term_months,
                       (extract(year from age(cast(:today as timestamp), e.starts_on::timestamp)) * 12
                           + extract(month from age(cast(:today as timestamp), e.starts_on::timestamp)))::int
                           / u.term_months as whole
                from programs.enrolment e
                join programs.version v on v.id = e.version_id
                join programs.program p on p.id = v.program_id
                join programs.version_unit u on u.version_id = v.id
                where e.account_id = any(:accounts) and e.starts_on <= :today
                  and (e.ends_on is null or e.ends_on > :today)
            ), counted as (
                -- a term that began on the 31st begins again on the last day of a shorter month
                select r.*, whole + case when (since + make_interval(months => (whole + 1) * term_months))::date <= :today
                                         then 1 else 0 end as passed
                from running r
            ), wanted as (
                select c.*, (since + make_interval(months => passed * term_months))::date as starts_on,
                       least((since + make_interval(months => (passed + 1) * term_months))::date, until) as ends_on
                from counted c
            ), known as (
                select * from programs.pot where account_id = any(:accounts) and starts_on <= :today
            ), aim as (
                select coalesce(k.id, gen_random_uuid()) as id, w.account_id, w.enrolment_id, w.unit, w.title, w.rule,
                       w.program, w.starts_on, w.ends_on, w.amount as included,
                       w.amount - coalesce(k.included, 0) as difference, coalesce(k.expired, 0) as expired,
                       k.id is null as fresh
                from wanted w
                left join known k
                  on k.enrolment_id = w.enrolment_id and k.unit = w.unit and k.starts_on = w.starts_on
                where k.id is null or k.included <> w.amount or k.ends_on <> w.ends_on or k.title <> w.title
                   or k.rule <> w.rule or k.program <> w.program or k.expired <> 0
                union all
                select k.id, k.account_id, k.enrolment_id, k.unit, k.title, k.rule, k.program, k.starts_on,
                       case when e.version_id is null or e.starts_on > :today then k.ends_on
                            else least(k.ends_on, e.ends_on) end,
                       case when e.ends_on <= :today and e.version_id is not null then k.included else 0 end,
                       case when e.ends_on <= :today and e.version_id is not null then 0 else -k.included end, 0, false
                from known k
                join programs.enrolment e on e.id = k.enrolment_id
                where k.ends_on > :today and not exists (
                    select from wanted w
                    where w.enrolment_id = k.enrolment_id and w.unit = k.unit and w.starts_on = k.starts_on)
                  and (k.included <> 0 or k.ends_on > e.ends_on)
            ), written as (
                insert into programs.pot as p (id, account_id, enrolment_id, unit, title, rule, program, starts_on, ends_on,
                    included, granted)
                select id, account_id, enrolment_id, unit, title, rule, program, starts_on, ends_on, included, difference
                from aim
                on conflict (enrolment_id, unit, starts_on) do update
                set title = excluded.title, rule = excluded.rule, program = excluded.program, ends_on = excluded.ends_on,
                    included = excluded.included, granted = p.granted + excluded.included - p.included,
                    expired = case when excluded.ends_on > :today then 0 else p.expired end
                returning id
            )
            insert into programs.entry (pot_id, account_id, kind, amount, purpose, at, actor_kind, actor_id, actor_name)
            select a.id, a.account_id, e.kind, e.amount, e.purpose, :now, :actorKind, cast(:actorId as uuid), :actorName
            from aim a
            join written w on w.id = a.id
            cross join lateral (values
                ('expired', -a.expired, 'The term goes on after all'),
                ('granted', a.difference, case when a.fresh then 'Included in ' || a.program
                    when a.included = 0 then 'Not included any more'
                    else 'What is included changed to that of ' || a.program end)) as e (kind, amount, purpose)
            where e.amount <> 0 and (e.kind = 'granted' or a.ends_on > :today)
            order by a.account_id, a.unit, e.kind
            """;

    private static final String EXPIRE = """
            with over as (
                select id, account_id, program, granted - reserved - consumed - expired as amount from programs.pot
                where account_id = any(:accounts) and ends_on <= :today
                  and granted - reserved - consumed - expired > 0
            ), written as (
                update programs.pot p set expired = p.expired + o.amount from over o where o.id = p.id returning p.id
            )
            insert into programs.entry (pot_id, account_id, kind, amount, purpose, at, actor_kind, actor_name)
            select o.id, o.account_id, 'expired', o.amount, 'The term of ' || o.program || ' is over', :now, 'SYSTEM',
                   'Perennial'
            from over o join written w on w.id = o.id
            order by o.account_id, o.id
            """;
}
