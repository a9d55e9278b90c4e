package io.perennial.statements;

import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The facts behind the lines of a statement, as they are known now. */
@Component
@Transactional(readOnly = true)
public class FigureRows {

    public static final int MOST = 200;

    private static final Map<Section, String> SQL = new EnumMap<>(Map.of(
            Section.USE,
            """
            select to_char(d.day, 'YYYY-MM-DD') as what, '' as detail,
                d.events || ' uses' || coalesce(', ' || d.active_users || ' people', '') as amount
            from usage.account_day d where d.account_id = :account and d.day >= :from and d.day < :until order by d.day desc""",
            Section.FEATURES,
            """
            select c.name as what, coalesce(c.product_area, '') || coalesce(' ' || c.level, '') as detail, x.days || ' days' as amount
            from (select f.id, count(*) as days from usage.account_day d cross join lateral unnest(d.features) f (id)
                where d.account_id = :account and d.day >= :from and d.day < :until group by 1) x
            join usage.catalogue c on c.id = x.id and not c.hidden order by x.days desc, c.name""",
            Section.CASES,
            """
            select '#' || c.number || ' ' || coalesce(c.subject, '') as what,
                'asked ' || to_char(c.opened_at at time zone 'UTC', 'YYYY-MM-DD')
                    || coalesce(', solved ' || to_char(c.resolved_at at time zone 'UTC', 'YYYY-MM-DD'), '') as detail,
                coalesce(trim_scale(c.satisfaction) || ' of ' || trim_scale(coalesce(c.satisfaction_scale, 5)), '') as amount
            from cases.support_case c
            where c.account_id = :account and c.merged_into is null and c.opened_at < :end
              and (c.opened_at >= :start or c.resolved_at >= :start) order by c.opened_at desc""",
            Section.PROMISES,
            """
            select '#' || c.number || ' ' || coalesce(c.subject, '') as what,
                replace(p.kind, '-', ' ') || coalesce(', due ' || to_char(p.due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), '')
                    as detail,
                case when p.finished_at is not null and p.breached_at is null then 'kept' else 'not kept' end as amount
            from cases.support_case c join cases.clock p on p.case_id = c.id
            where c.account_id = :account and c.merged_into is null
              and coalesce(p.breached_at, p.finished_at, p.due_at) >= :start
              and coalesce(p.breached_at, p.finished_at, p.due_at) < :end
            order by coalesce(p.breached_at, p.finished_at, p.due_at) desc""",
            Section.UNITS,
            """
            select p.title as what, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD') || ', ' || e.purpose as detail,
                trim_scale(e.amount)::text as amount
            from programs.entry e join programs.pot p on p.id = e.pot_id
            where e.account_id = :account and e.kind = 'consumed' and e.at >= :start and e.at < :end and p.unit <> 'cases'
            order by e.at desc""",
            Section.BENEFITS,
            """
            select b ->> 'title' as what, g.name || ', ' || e.starts_on || coalesce(' to ' || e.ends_on, '') as detail,
                coalesce((b ->> 'amount') || ' ' || (v.offer ->> 'currency') || ' a year', 'intangible') as amount
            from programs.enrolment e join programs.version v on v.id = e.version_id
            join programs.program g on g.id = v.program_id
            cross join lateral jsonb_array_elements(v.offer -> 'benefits') b
            where e.account_id = :account and e.starts_on < :until and (e.ends_on is null or e.ends_on > :from)
            order by e.starts_on desc, 1""",
            Section.OUTCOMES,
            """
            select r.name as what, r.plan || ', reached ' || r.reached_on as detail,
                coalesce(trim_scale(r.value) || ' ' || r.currency || ' a year', '') as amount
            from success.outcomes_reached r where r.account_id = :account and r.reached_on < :until
              and (r.reached_on >= :from or r.value is not null) order by r.reached_on desc, r.name""",
            Section.WORTH,
            """
            select l.product as what, coalesce(l.kind, 'subscription') || ', ' || l.starts_on || coalesce(' to ' || l.ends_on, '') as detail,
                round(contracts.annual_on(l.annual, l.escalator, l.starts_on, greatest(l.starts_on, :from))
                    * (least(coalesce(l.ends_on, :until), :until) - greatest(l.starts_on, :from)) / 365, 2) || ' ' || l.currency as amount
            from contracts.contract_line l where l.account_id = :account and l.starts_on < :until
              and (l.ends_on is null or l.ends_on > :from) and l.annual > 0 order by l.annual desc, l.product"""));

    private final JdbcClient database;

    FigureRows(JdbcClient database) {
        this.database = database;
    }

    public record Row(String what, String detail, String amount) {}

    /** {@link #MOST} at most. */
    public List<Row> of(Statement statement, Section section) {
        return database.sql(Objects.requireNonNull(SQL.get(section)) + " limit " + MOST)
                .param("account", statement.account().value())
                .param("from", statement.from())
                .param("until", statement.until())
                .param("start", statement.from().atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("end", statement.until().atStartOfDay().atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Row(
                        row.getString("what"), String.valueOf(row.getString("detail")), row.getString("amount")))
                .list();
    }
}
