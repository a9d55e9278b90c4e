package io.perennial.metrics.profit;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import io.perennial.metrics.areas.CustomerSpec;
import java.math.BigDecimal;

/** What service contributes to beside its own revenue, and the hours that there are for customers. */
final class InfluenceSql {

    private static final Reason NO_HOURS =
            new Reason("HOURS_NOT_SET", "Nobody has said how many productive hours a month a CSM has.");
    private static final Reason NO_RENEWALS = new Reason("NO_RENEWALS", "Nothing was renewed in the period.");
    private static final Reason NO_OPPORTUNITY =
            new Reason("NO_WON_OPPORTUNITIES", "No opportunity was won in the period.");
    private static final Reason NO_GROWTH = new Reason("NO_GROWTH", "No customer came back or pays more.");

    private InfluenceSql() {}

    /** Renewals with a conversation in the 90 days before: beside, never added to what service brings by itself. */
    static CustomerSpec influenced() {
        return influence("""
                select r.account_id, r.currency, r.annual, r.product || ', renewed ' || r.renewed_on as what,
                    exists (select from engagement.touchpoint t where t.account_id = r.account_id and t.conversation
                        and t.at >= (r.renewed_on - 90)::timestamp at time zone 'UTC'
                        and t.at < (r.renewed_on + 1)::timestamp at time zone 'UTC') as spoken
                from contracts.renewals(:firstDay, :untilDay, :today) r
                where r.outcome = 'renewed' and not r.monthly""", NO_RENEWALS);
    }

    static CustomerSpec growth() {
        return influence("""
                select m.account_id, m.currency, m.ended - m.started as annual, m.movement as what,
                    exists (select from engagement.touchpoint t where t.account_id = m.account_id and t.conversation
                        and t.at >= cast(:from as timestamptz) - interval '90 days' and t.at < :until) as spoken
                from contracts.revenue_movements(cast(:firstDay as date) - 1, :lastDay, :today, true) m
                where m.movement in ('expansion', 'reactivation')""", NO_GROWTH);
    }

    /** Opportunities that were won in the period, and of them those that success or support found. */
    static CustomerSpec sourced() {
        return influence("""
                select o.account_id, o.currency, coalesce(o.amount, 0) as annual, o.name || coalesce(', found by ' || o.sourced_by, '') as what,
                    coalesce(lower(o.sourced_by) in ('success', 'support', 'service'), false) as spoken
                from growth.opportunity o
                where o.phase = 'won' and o.closed_on >= :firstDay and o.closed_on < :untilDay and o.currency is not null""", NO_OPPORTUNITY, "sourced", "not sourced");
    }

    private static CustomerSpec influence(String won, Reason empty) {
        return influence(won, empty, "spoken with", "not spoken with");
    }

    private static CustomerSpec influence(String won, Reason empty, String yes, String no) {
        return new CustomerSpec(
                "",
                """
                select w.account_id, true as counted, w.spoken as hit, case when w.spoken then w.amount else 0 end as amount,
                    w.amount as base, w.currency, w.amount as rank,
                    %s || ' a year: ' || w.what || case when w.spoken then ', %s' else ', %s' end as note,
                    g.name as program
                from (
                    select v.account_id, v.spoken, v.what, v.annual / coalesce(x.units, 1) as amount,
                        case when x.currency is null then v.currency else own.currency end as currency
                    from (
                %s
                    ) v
                %s
                ) w
                %s""".formatted(
                        ProfitSql.money("w.amount", "w.currency"),
                        yes,
                        no,
                        won.indent(8).stripTrailing(),
                        ProfitSql.RATES.formatted("v.currency").indent(4).stripTrailing(),
                        ProfitSql.PROGRAM.formatted("w.account_id")),
                java.util.Map.of(),
                java.util.Map.of(),
                true,
                tally -> Figure.of(tally.amount())
                        .from(tally.amount(), tally.base())
                        .with("counted", BigDecimal.valueOf(tally.hits()))
                        .with("all", BigDecimal.valueOf(tally.n()))
                        .sampled(tally.n()),
                empty);
    }

    /** Hours of those who have accounts, shared by their accounts. */
    static CustomerSpec capacity() {
        return new CustomerSpec(
                "",
                """
                select b.account_id, true as counted, h.month_hours is not null as hit,
                    coalesce(h.month_hours / b.accounts, 0) as amount, 1::numeric as base, '' as currency,
                    b.accounts::numeric as rank,
                    coalesce(m.name || ', ' || b.accounts || ' accounts'
                        || coalesce(', ' || round(h.month_hours / b.accounts, 1) || ' h a month', ', hours not said'),
                        'nobody') as note, b.owner_id is null as alone
                from (
                    select l.account_id, a.owner_id, count(*) over (partition by a.owner_id) as accounts
                    from live l join accounts.account a on a.id = l.account_id where l.leads
                ) b
                left join identity.team_member m on m.id = b.owner_id
                left join lateral (
                    select r.month_hours from metrics.cost_rate r
                    where m.id is not null and r.month_hours is not null and r.starts_on <= :lastDay
                      and (r.team_id = m.team_id or r.role = m.role or (r.team_id is null and r.role is null))
                    order by (r.team_id is not null) desc, (r.role is not null) desc, r.starts_on desc limit 1
                ) h on true""",
                java.util.Map.of("customers_without_owner", "count(*) filter (where f.alone)"),
                java.util.Map.of(),
                false,
                tally -> tally.amount().signum() == 0
                        ? Figure.none(NO_HOURS).from(null, tally.base())
                        : CustomerSpec.ratio(tally, NO_HOURS)
                                .with("customers_without_owner", tally.further("customers_without_owner")),
                NO_HOURS);
    }
}
