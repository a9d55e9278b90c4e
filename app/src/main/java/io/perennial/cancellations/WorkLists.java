package io.perennial.cancellations;

import io.perennial.cancellations.Attempts.Attempt;
import io.perennial.contracts.ReasonCategory;
import io.perennial.identity.Viewer;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Read model of the work lists: one statement each, one row for a customer, with the latest offer and what the facts say of it. */
@Component
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class WorkLists {

    public static final int PAGE = 50;

    private final JdbcClient database;
    private final LeavingRules rules;

    WorkLists(JdbcClient database, LeavingRules rules) {
        this.database = database;
        this.rules = rules;
    }

    /** What is shown of a list: those to act on, those with an open offer, and those who came back or were saved. */
    public enum Show {
        DUE,
        WORK,
        DONE
    }

    /**
     * A customer on a list.
     *
     * @param money a year's revenue
     * @param loss the cancellation; null where none was given
     * @param day of the notice, of the loss, or of the next renewal
     * @param why in a sentence with its numbers
     * @param words case in which the customer wrote of leaving; null when none is known
     * @param attempt the latest offer; null when none was made
     * @param facts what the ledger says of the customer since; empty when nothing
     */
    public record Row(
            UUID account,
            String externalId,
            String name,
            @Nullable String segment,
            @Nullable String owner,
            @Nullable BigDecimal money,
            @Nullable String currency,
            @Nullable String category,
            @Nullable UUID loss,
            @Nullable LocalDate day,
            String why,
            @Nullable UUID words,
            @Nullable Attempt attempt,
            String facts) {

        public String reasonTitle() {
            return category == null ? "" : ReasonCategory.titleOf(category);
        }
    }

    /** A page of rows; {@code all} are there. */
    public record Page(List<Row> rows, long all) {}

    /** The case in which the customer wrote of leaving; looked for only on the page that is shown. */
    private static final String WORDS = """
            case when p.upset then (select m.case_id from cases.support_case k join cases.message m on m.case_id = k.id
                where k.account_id = p.account_id and m.at >= :today - 90 and m.kind = 'customer'
                  and m.body ~* '\\m(cancel|terminat|not renew|kündig|résili|cancelar|disdett)'
                order by m.at desc limit 1) end as words
            """;

    /** Put together only for the page that is shown. */
    private static final String EVIDENCE = """
            (select string_agg(s.evidence, '; ' order by s.at desc) from sign s where s.account_id = p.account_id)
            """;

    /** The latest offer of a purpose, made since the notice where there was one. */
    private static final String ATTEMPT = """
            left join lateral (
                select t.id as t_id, t.account_id as t_account, t.purpose as t_purpose, t.offer as t_offer, t.made_on as t_made,
                    tm.name as t_member, t.answer as t_answer, t.result as t_result, t.result_on as t_result_on
                from cancellations.attempt t left join identity.team_member tm on tm.id = t.member_id
                where t.account_id = w.account_id and t.purpose = '%s' and t.made_on >= coalesce(w.since, '-infinity')
                order by t.made_on desc, t.id desc limit 1
            ) t on true
            """;

    private static final String STILL_ACTIVE = """
            with candidate as materialized (
                select c.id from contracts.cancellation c
                where coalesce(c.effective_on, c.cancelled_on) between :today - 1095 and :today + 400
                  and c.reactivated is not true
                  and exists (select from usage.account_day d where d.account_id = c.account_id and d.events > 0
                      and d.day >= greatest(:today - 27, c.cancelled_on))
            ), listed as materialized (
                select distinct on (l.account_id) l.*,
                    case when l.outcome = 'notice' then l.cancelled_on else l.lost_on end as since
                from cancellations.losses_of(array(select id from candidate), :today) l
                where l.outcome in ('gone', 'notice')
                order by l.account_id, l.lost_on desc, l.id
            ), work as (
                select l.account_id, l.amount as money, l.currency, l.category, l.id as loss, l.lost_on as day, l.cancelled_on as since,
                    case when l.outcome = 'gone' then 'Left on ' else 'Leaves on ' end || to_char(l.lost_on, 'FMDD Mon YYYY')
                        || '; active on ' || u.days || case when u.days = 1 then ' day' else ' days' end || ' since, last on '
                        || to_char(u.last_on, 'FMDD Mon YYYY') as why,
                    false as upset, '' as facts, l.outcome = 'gone' as past
                from listed l
                cross join lateral (
                    select count(*) as days, max(d.day) as last_on from usage.account_day d
                    where d.account_id = l.account_id and d.events > 0 and d.day >= l.since and d.day >= :today - 27
                ) u
                where u.days > 0
            )
            """;

    private static final String AT_RISK = """
            with sign as not materialized (
                select s.account_id, s.urgency = 'now' as urgent, s.cause = 'upset_customer' as upset, s.evidence, s.opened_at as at
                from health.signal s
                where s.state in ('open', 'acknowledged') and s.cause in ('falling_usage', 'too_few_requests', 'too_many_requests',
                    'upset_customer', 'detractor', 'licences_unused', 'contact_left', 'silence', 'renewal_unprepared')
                union all
                select t.account_id, true, false,
                    'Said to be ' || metrics.mood_of(t.sentiment) || ' in a ' || t.kind || ' of '
                        || to_char(t.at at time zone 'UTC', 'FMDD Mon YYYY'), t.at
                from engagement.touchpoint t -- the last mood that is known
                where t.conversation and t.at >= :today - 90 and metrics.mood_of(t.sentiment) in ('restless', 'angry')
                  and not exists (
                    select from engagement.touchpoint n
                    where n.account_id = t.account_id and n.conversation and (n.at, n.id) > (t.at, t.id)
                      and metrics.mood_of(n.sentiment) is not null)
            ), signal as materialized (
                select s.account_id, count(*) as signals, bool_or(s.urgent) as urgent, bool_or(s.upset) as upset
                from sign s group by s.account_id
            ), work as (
                select g.account_id, o.arr as money, o.currency, null::text as category, null::uuid as loss, o.renews_on as day,
                    :today - 180 as since, null::text as why, g.upset,
                    '' as facts, g.urgent as past
                from signal g join accounts.overview o on o.account_id = g.account_id
                where o.left_on is null
                  and (g.urgent or g.signals > 1 or o.renews_on between :today and :today + 120)
                  and not exists (select from contracts.cancellation c where c.account_id = g.account_id
                      and c.reactivated is not true and c.cancelled_on > :today - 400
                      and coalesce(c.effective_on, :today) >= :today)
            )
            """;

    private static final String WIN_BACK = """
            with wait as (
                select * from unnest(cast(:categories as text[]), cast(:waits as int[])) as w (category, days)
            ), candidate as materialized (
                select c.id from contracts.cancellation c
                where coalesce(c.effective_on, c.cancelled_on) between :today - 1495 and :today
            ), listed as materialized (
                select distinct on (l.account_id) l.*
                from cancellations.losses_of(array(select id from candidate), :today) l
                where l.outcome in ('gone', 'back') and l.lost_on between :today - 1095 and :today
                order by l.account_id, l.lost_on desc, l.id
            ), work as (
                select l.account_id, l.amount as money, l.currency, l.category, l.id as loss, l.lost_on as day, l.lost_on as since,
                    'Left on ' || to_char(l.lost_on, 'FMDD Mon YYYY') || coalesce(' to ' || l.competitor, '')
                        || coalesce('; due after ' || w.days || ' days', '')
                        || coalesce(': ' || left(l.detail, 200), '') as why,
                    false as upset,
                    case when l.outcome = 'back'
                        then coalesce('back since ' || to_char(l.back_on, 'FMDD Mon YYYY'), 'came back') else '' end as facts,
                    l.outcome = 'back' as past, w.days, l.outcome
                from listed l left join wait w on w.category = l.category
            )
            """;

    public Page page(WorkList list, Show show, int page, LocalDate today, @Nullable Viewer viewer) {
        long[] all = {0};
        Map<ReasonCategory, Integer> waits = rules.rules().waits();
        JdbcClient.StatementSpec statement = database.sql(sql(list, show))
                .param("today", today)
                .param("owner", viewer == null || viewer.everything() ? null : viewer.memberId())
                .param("limit", PAGE)
                .param("offset", (page - 1) * PAGE);
        if (list == WorkList.WIN_BACK) {
            statement = statement
                    .param(
                            "categories",
                            waits.keySet().stream().map(ReasonCategory::key).toArray(String[]::new))
                    .param("waits", waits.values().toArray(Integer[]::new));
        }
        List<Row> rows = statement
                .query((row, number) -> {
                    all[0] = row.getLong("all_rows");
                    return row(row);
                })
                .list();
        return new Page(rows, all[0]);
    }

    private static String sql(WorkList list, Show show) {
        String work = switch (list) {
            case STILL_ACTIVE -> STILL_ACTIVE;
            case AT_RISK -> AT_RISK;
            case WIN_BACK -> WIN_BACK;
        };
        String due = list == WorkList.WIN_BACK
                ? "w.outcome = 'gone' and w.days is not null and w.day + w.days <= :today and (t.t_id is null"
                        + " or t.t_result = 'lost' and coalesce(t.t_result_on, t.t_made) + w.days <= :today)"
                : "(t.t_id is null or t.t_result = 'lost' and coalesce(t.t_result_on, t.t_made) < :today - 30)";
        String done = list == WorkList.WIN_BACK
                ? "(w.outcome = 'back' or t.t_result is not null and t.t_result <> 'open')"
                : "t.t_result is not null and t.t_result <> 'open'";
        String condition = switch (show) {
            case DUE -> due;
            case WORK -> "t.t_result = 'open'" + (list == WorkList.WIN_BACK ? " and w.outcome = 'gone'" : "");
            case DONE -> done;
        };
        return work + "select p.*, " + WORDS + """
                , """ + (list == WorkList.AT_RISK ? EVIDENCE : "p.why") + """
                 as told
                from (
                select w.*, a.external_id, a.name, a.segment, m.name as owner_name, t.*, count(*) over () as all_rows
                from work w join accounts.account a on a.id = w.account_id
                left join identity.team_member m on m.id = a.owner_id
                """
                + ATTEMPT.formatted(list.purpose()) + """
                where (cast(:owner as uuid) is null or a.owner_id = :owner) and
                """ + condition + """
                 order by w.past desc, w.money desc nulls last, w.day, w.account_id limit :limit offset :offset
                ) p order by p.past desc, p.money desc nulls last, p.day, p.account_id
                """;
    }

    private static Row row(ResultSet row) throws SQLException {
        UUID attempt = row.getObject("t_id", UUID.class);
        return new Row(
                row.getObject("account_id", UUID.class),
                row.getString("external_id"),
                row.getString("name"),
                row.getString("segment"),
                row.getString("owner_name"),
                row.getBigDecimal("money"),
                row.getString("currency"),
                row.getString("category"),
                row.getObject("loss", UUID.class),
                row.getObject("day", LocalDate.class),
                row.getString("told"),
                row.getObject("words", UUID.class),
                attempt == null
                        ? null
                        : new Attempt(
                                attempt,
                                new io.perennial.shared.AccountId(row.getObject("t_account", UUID.class)),
                                row.getString("t_purpose"),
                                row.getString("t_offer"),
                                row.getObject("t_made", LocalDate.class),
                                row.getString("t_member"),
                                row.getString("t_answer"),
                                row.getString("t_result"),
                                row.getObject("t_result_on", LocalDate.class)),
                row.getString("facts"));
    }
}
