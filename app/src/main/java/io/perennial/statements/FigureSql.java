package io.perennial.statements;

/** The statements that figures come from: facts of other modules, for some accounts and a period from one day up to another. */
final class FigureSql {

    /** Accounts whose use was ever known, with what was used in the period. */
    static final String USE = """
            select k.account_id, count(d.day) filter (where d.events > 0 or d.active_users > 0) as days,
                max(d.active_users) as most,
                round(avg(d.active_users) filter (where d.active_users > 0), 1) as mean,
                coalesce(sum(d.events), 0) as events, round(coalesce(sum(d.seconds), 0) / 3600.0, 1) as hours,
                (select sum(l.seats) from contracts.contract_line l
                    where l.account_id = k.account_id and l.starts_on < :until and (l.ends_on is null or l.ends_on >= :until)
                      and coalesce(l.kind, '') not in ('service', 'maintenance')) as seats,
                (select min(s.known_until) from usage.unheard u join usage.silence s on s.id = u.silence_id
                    where u.account_id = k.account_id and s.heard_at is null and s.told_at is not null
                      and s.known_until < :until - 1) as known_until
            from unnest(:accounts) k (account_id)
            left join usage.account_day d on d.account_id = k.account_id and d.day >= :from and d.day < :until
            where exists (select from usage.account_day e where e.account_id = k.account_id and e.day < :until)
            group by k.account_id
            """;

    static final String FEATURES = """
            select x.account_id, c.name, x.days from (
                select d.account_id, f.id, count(*) as days,
                    row_number() over (partition by d.account_id order by count(*) desc, f.id) as place
                from usage.account_day d cross join lateral unnest(d.features) f (id)
                where d.account_id = any(:accounts) and d.day >= :from and d.day < :until
                group by 1, 2) x
            join usage.catalogue c on c.id = x.id and not c.hidden
            where x.place <= 15 order by x.account_id, x.days desc, c.name
            """;

    static final String CASES = """
            select k.account_id, count(c.id) filter (where c.opened_at >= :start and c.opened_at < :end) as opened,
                count(c.id) filter (where c.resolved_at >= :start and c.resolved_at < :end) as solved,
                round((percentile_cont(0.5) within group (order by extract(epoch from c.resolved_at - c.opened_at) / 3600)
                    filter (where c.resolved_at >= :start and c.resolved_at < :end))::numeric, 1) as hours,
                count(c.id) filter (where c.resolved_at >= :start and c.resolved_at < :end
                    and c.satisfaction is not null) as answers,
                count(c.id) filter (where c.resolved_at >= :start and c.resolved_at < :end
                    and c.satisfaction >= 0.8 * coalesce(c.satisfaction_scale, 5)) as satisfied
            from unnest(:accounts) k (account_id)
            left join cases.support_case c on c.account_id = k.account_id and c.merged_into is null and c.opened_at < :end
                and (c.opened_at >= :start or c.resolved_at >= :start)
            where exists (select from cases.support_case)
            group by 1
            """;

    static final String PROMISES = """
            select c.account_id, count(*) as due,
                count(*) filter (where p.finished_at is not null and p.breached_at is null) as kept
            from cases.support_case c join cases.clock p on p.case_id = c.id
            where c.account_id = any(:accounts) and c.merged_into is null and c.opened_at < :end
              and coalesce(p.breached_at, p.finished_at, p.due_at) >= :start
              and coalesce(p.breached_at, p.finished_at, p.due_at) < :end
            group by 1
            """;

    /** Of every unit that a term within the period grants, what was drawn. */
    static final String UNITS = """
            select p.account_id, min(p.title) as title, p.unit, min(p.program) as program,
                sum(coalesce(e.used, 0)) as used, sum(p.granted) as granted,
                sum(coalesce(e.used, 0) * u.worth) as worth, min(u.currency) as currency
            from programs.pot p
            left join programs.enrolment n on n.id = p.enrolment_id
            left join programs.version_unit u on u.version_id = n.version_id and u.unit = p.unit
            left join lateral (
                select sum(x.amount) as used from programs.entry x
                where x.pot_id = p.id and x.kind = 'consumed' and x.at >= :start and x.at < :end) e on true
            where p.account_id = any(:accounts) and p.starts_on < :until and p.ends_on > :from and p.unit <> 'cases'
            group by p.account_id, p.unit, u.currency
            order by p.account_id, min(p.title), p.unit
            """;

    static final String BENEFITS = """
            select e.account_id, g.name as program, b ->> 'title' as title, b ->> 'reasoning' as reasoning,
                round((b ->> 'amount')::numeric * (least(coalesce(e.ends_on, :until), :until) - greatest(e.starts_on, :from))
                    / 365, 2) as worth,
                v.offer ->> 'currency' as currency
            from programs.enrolment e
            join programs.version v on v.id = e.version_id
            join programs.program g on g.id = v.program_id
            cross join lateral jsonb_array_elements(v.offer -> 'benefits') with ordinality k (b, place)
            where e.account_id = any(:accounts) and e.starts_on < :until and (e.ends_on is null or e.ends_on > :from)
            order by e.account_id, e.starts_on, k.place
            """;

    /** Outcomes reached in the period; those reached earlier count for their worth only. */
    static final String OUTCOMES = """
            select r.account_id, r.name, r.plan, r.reached_on, r.confirmed_by, r.reached_on >= :from as fresh,
                round(r.value * (:until - greatest(r.reached_on, :from)) / 365, 2) as worth, r.currency
            from success.outcomes_reached r
            where r.account_id = any(:accounts) and r.reached_on < :until and (r.reached_on >= :from or r.value is not null)
            order by r.account_id, r.reached_on, r.name
            """;

    static final String PLANNED =
            "select distinct account_id from success.plan where account_id = any(:accounts) and phase <> 'draft'";

    static final String PRICE = """
            select l.account_id, l.currency,
                sum(round(contracts.annual_on(l.annual, l.escalator, l.starts_on, greatest(l.starts_on, :from))
                    * (least(coalesce(l.ends_on, :until), :until) - greatest(l.starts_on, :from)) / 365, 2)) as price,
                count(*) as lines
            from contracts.contract_line l
            where l.account_id = any(:accounts) and l.starts_on < :until and (l.ends_on is null or l.ends_on > :from)
              and l.annual > 0
            group by 1, 2 order by 1, 3 desc, 2
            """;

    private FigureSql() {}
}
