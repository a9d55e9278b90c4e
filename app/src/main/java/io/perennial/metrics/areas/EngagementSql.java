package io.perennial.metrics.areas;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Whom we engage with, how often and how it goes, in the database's words. */
final class EngagementSql {

    static final Reason NO_CUSTOMERS =
            new Reason("NO_CUSTOMERS", "No customer has recurring revenue on that day, as contract lines say.");
    static final Reason NO_RATED = new Reason("NO_RATED_ENGAGEMENTS", "No engagement of the period says how it went.");
    private static final Reason NO_CONTACTS = new Reason("NO_CONTACTS", "No contact of a customer is known.");

    /** Both sides took part. Automated sends do not count unless somebody answered, which makes them a conversation. */
    private static final String TALKS = """
            select t.account_id, t.contact_id, t.at from engagement.touchpoint t
            where t.conversation and t.at >= :from and t.at < :until""";

    private static final String CASES = """
            select c.account_id, c.contact_id, c.opened_at from cases.support_case c
            where c.opened_at >= :from and c.opened_at < :until and c.merged_into is null""";

    private EngagementSql() {}

    private static String engagements(boolean cases) {
        return "engaged as (\n" + TALKS + (cases ? "\nunion all\n" + CASES : "") + "\n)";
    }

    static CustomerSpec engaged(boolean cases) {
        return CustomerSpec.share(engagements(cases), """
                select l.account_id, true as counted, e.times is not null as hit, null::numeric as amount,
                    null::numeric as base, '' as currency, coalesce(e.times, 0)::numeric as rank,
                    case when e.times is null then 'not in this period' else e.times || ' times, last '
                        || to_char(e.last_at at time zone 'UTC', 'YYYY-MM-DD') end as note
                from live l
                left join (select account_id, count(*) as times, max(at) as last_at from engaged group by 1) e
                    on e.account_id = l.account_id
                where l.leads""", NO_CUSTOMERS);
    }

    /** By the rules in force; the first that fits a customer decides. */
    static CustomerSpec inCadence() {
        return CustomerSpec.share("""
                rule as materialized (select * from engagement.cadence_now)""", """
                select l.account_id, true as counted, e.at is not null as hit, null::numeric as amount,
                    null::numeric as base, '' as currency, l.arr as rank,
                    coalesce(r.name || ', ', '') || coalesce(r.days, 90) || ' days: '
                        || coalesce('last ' || to_char(e.at at time zone 'UTC', 'YYYY-MM-DD'), 'nobody spoke with them') as note
                from live l
                join accounts.account c on c.id = l.account_id
                left join lateral (
                    select r.* from rule r
                    where (r.segment is null or r.segment = c.segment) and (r.arr_from is null or l.arr >= r.arr_from)
                    order by r.position limit 1) r on true
                left join lateral (
                    select t.at from engagement.touchpoint t
                    left join identity.team_member m on m.id = t.member_id
                    where t.account_id = l.account_id and t.conversation and t.at < :until
                      and t.at >= cast(:lastDay as date) - coalesce(r.days, 90)
                      and (r.kind is null or t.kind = r.kind)
                      and (coalesce(r.who, 'anybody') = 'anybody' or r.who = 'owner' and t.member_id = c.owner_id
                        or m.role = upper(r.who))
                    order by t.at desc limit 1) e on true
                where l.leads""", NO_CUSTOMERS);
    }

    static CustomerSpec contacts() {
        return CustomerSpec.share(engagements(true), """
                select p.account_id, true as counted, e.times is not null as hit, null::numeric as amount,
                    null::numeric as base, '' as currency, coalesce(e.times, 0)::numeric as rank,
                    p.name || case when e.times is null then ': not in this period' else ': ' || e.times || ' times' end as note
                from live l
                join accounts.contact p on p.account_id = l.account_id and (p.left_on is null or p.left_on > :lastDay)
                left join (select contact_id, count(*) as times from engaged where contact_id is not null group by 1) e
                    on e.contact_id = p.id
                where l.leads""", NO_CONTACTS);
    }

    /**
     * Engagements by the months in which their customers were customers. Days of several currencies count once, and a customer who
     * came or left counts for its days.
     */
    static CustomerSpec frequency(boolean cases) {
        String ctes = engagements(cases) + """
                ,
                present as (
                    select r.account_id, (select sum(upper(d) - lower(d)) from unnest(r.days) d) * 12 / 365.25 as months
                    from (
                        select v.account_id, range_agg(daterange(greatest(v.from_day, cast(:firstDay as date)),
                            least(v.until_day, cast(:untilDay as date)))) as days
                        from contracts.revenue v
                        where v.from_day < :untilDay and v.until_day > :firstDay
                          and (v.state <> 'lapsed' or v.until_day > :today)
                        group by 1
                    ) r
                )""";
        CustomerSpec spec = CustomerSpec.of(ctes, """
                select p.account_id, true as counted, e.times is not null as hit, coalesce(e.times, 0)::numeric as amount,
                    p.months as base, '' as currency, coalesce(e.times, 0) / p.months as rank,
                    coalesce(e.times, 0) || ' in ' || round(p.months, 1) || ' months' as note
                from present p
                left join (select account_id, count(*) as times from engaged group by 1) e on e.account_id = p.account_id
                where p.months > 0""", tally -> spread(tally), NO_CUSTOMERS);
        return spec.with("median_a_month", "percentile_cont(0.5) within group (order by f.amount / f.base)")
                .with("customers_with_none", "count(*) filter (where f.amount = 0)")
                .with("customers_below_1_a_month", "count(*) filter (where f.amount > 0 and f.amount < f.base)")
                .with(
                        "customers_with_1_to_4_a_month",
                        "count(*) filter (where f.amount >= f.base and f.amount <= 4 * f.base)")
                .with("customers_with_more_a_month", "count(*) filter (where f.amount > 4 * f.base)");
    }

    private static Figure spread(Tally tally) {
        Figure figure = CustomerSpec.ratio(tally, NO_CUSTOMERS);
        for (Map.Entry<String, BigDecimal> one : tally.further().entrySet()) {
            figure = figure.with(one.getKey(), one.getValue());
        }
        return figure;
    }

    /** Whether an answer is positive (1), neutral (0) or negative (-1): of five, 1 and 2 are negative and 4 and 5 positive. */
    static String answer(String score, String scale) {
        return "case when %1$s is null then null when %2$s = 2 then case when %1$s >= 2 then 1 else -1 end"
                        .formatted(score, scale)
                + " when %2$s = 3 then sign(%1$s - 2) when %1$s / nullif(%2$s, 0) >= 0.75 then 1"
                        .formatted(score, scale)
                + " when %1$s / nullif(%2$s, 0) > 0.4 then 0 else -1 end".formatted(score, scale);
    }

    /** Rated engagements with their class: 1, 0 or -1. */
    static final List<String> TONES = List.of("1", "0", "-1");

    /** @param tone which engagements are counted: 1 positive, 0 neutral, -1 negative */
    static CustomerSpec tone(int tone) {
        String words =
                "case w.mood when 'content' then 1 when 'neutral' then 0 else case when w.mood is not null then -1 end end";
        return CustomerSpec.ofClass(
                        "",
                        """
                        select s.account_id, s.tone is not null as counted, s.tone = 1 as hit, s.tone::text as class, null::numeric as amount,
                            null::numeric as base, '' as currency, extract(epoch from s.at) as rank,
                            to_char(s.at at time zone 'UTC', 'YYYY-MM-DD') || ' ' || s.what as note, s.word
                        from (
                            select t.account_id, t.at, w.word, %s as tone,
                                t.kind || coalesce(': ' || t.sentiment, ', not said how it went') as what
                            from engagement.touchpoint t
                            cross join lateral (select lower(btrim(t.sentiment)) as word, metrics.mood_of(t.sentiment) as mood) w
                            where t.conversation and t.at >= :from and t.at < :until
                            union all
                            select c.account_id, c.opened_at, '', %s,
                                'case #' || c.number || coalesce(': ' || round(c.satisfaction, 1) || ' of '
                                    || coalesce(c.satisfaction_scale, 5), ', not rated')
                            from cases.support_case c
                            where c.opened_at >= :from and c.opened_at < :until and c.merged_into is null
                        ) s""".formatted(words, answer("c.satisfaction", "coalesce(c.satisfaction_scale, 5)")),
                        TONES,
                        Integer.toString(tone),
                        (hits, tally) -> CustomerSpec.opinion(hits, tally, NO_RATED),
                        NO_RATED)
                .leavingOut("not rated", "not f.counted and coalesce(f.word, '') = ''")
                .leavingOut("rated by a word that is not known", "not f.counted and f.word <> ''");
    }

    /** Net sentiment: positive less negative, in percentage points. */
    static CustomerSpec net() {
        return tone(1).figure(tally -> Figure.share(
                        tally.further("1").subtract(tally.further("-1")), BigDecimal.valueOf(tally.n()), NO_RATED)
                .sampled(tally.n()));
    }

    /**
     * Health at the end of the period with the engagement before it: amount is how often, or the share of rated engagements that
     * were positive; base is the score.
     */
    static CustomerSpec withHealth(boolean quality) {
        String times = quality
                ? """
                    select s.account_id, 100.0 * count(*) filter (where s.counted and s.hit) / count(*) filter (where s.counted)
                    from (%s) s group by 1 having count(*) filter (where s.counted) > 0""".formatted(tone(1).rows())
                : "select account_id, count(*)::numeric from engaged group by 1";
        return CustomerSpec.of(
                (quality ? "" : engagements(true) + ",\n") + RiskSql.STANDING
                        + ",\nengagement (account_id, value) as (\n" + times + "\n)",
                """
                select l.account_id, h.score is not null and (%1$s) as counted, true as hit,
                    coalesce(e.value, 0)::numeric as amount, h.score::numeric as base, '' as currency,
                    coalesce(e.value, 0)::numeric as rank,
                    'health ' || coalesce(round(h.score::numeric)::text, 'not known') || ', %2$s '
                        || coalesce(round(e.value)::text, '%3$s') as note
                from live l
                left join standing h on h.account_id = l.account_id
                left join engagement e on e.account_id = l.account_id
                where l.leads""".formatted(
                                quality ? "e.value is not null" : "true",
                                quality ? "positive %" : "times engaged",
                                quality ? "not rated" : "0"),
                tally -> Figure.none(NO_CUSTOMERS),
                NO_CUSTOMERS);
    }
}
