package io.perennial.metrics.sales;

/** The longer statements of a {@link SalesSource}. */
final class SalesRows {

    private SalesRows() {}

    private static final String TERM_STATUS = """
            case
                    when t.monthly then 'monthly terms'
                    when t.outcome = 'renewed' then 'hit'
                    when t.outcome = 'lost' then 'miss'
                    when t.outcome = 'lapsed' then 'lapsed and not decided'
                    else 'due later'
                end as status""";

    static final String SERVICE_TERMS = """
            select t.account_id, t.product as thing, t.product, t.program, t.channel, t.geography, t.currency, t.due_on as day,
                t.annual as whole, case when t.outcome = 'renewed' then t.annual else 0 end as part,
                t.outcome || coalesce(' ' || t.renewed_on::text, '') as outcome, 'renew' as label,
                %s
            from growth.service_terms(:from, :until, :today) t""".formatted(TERM_STATUS);

    /** Terms without where they were sold. */
    private static final String TERMS = """
            (select r.account_id, r.product, null::text as program, null::text as channel, null::text as geography, r.currency,
                r.annual, r.due_on, r.monthly, r.renewed_on, r.outcome
            from contracts.renewals(%s, %s, :today) r)""";

    /**
     * Where a term was sold says the last of its lines. Nearly all have one that was agreed to end on that very day: those are found all
     * at once. Only of the others, which went on by themselves, it is looked up for each.
     */
    private static final String TERMS_WITH_PLACE = """
            (select r.account_id, r.product, r.currency, r.annual, r.due_on, r.monthly, r.renewed_on, r.outcome,
                case when e.account_id is null then p.program else coalesce(e.program, c.program) end as program,
                case when e.account_id is null then p.channel else coalesce(e.channel, c.channel) end as channel,
                case when e.account_id is null then p.geography else coalesce(e.geography, c.geography) end as geography
            from contracts.renewals(:from, :until, :today) r
            left join (
                select distinct on (l.account_id, coalesce(l.scheduled_ends_on, l.ends_on), l.product, l.contract_id)
                    l.account_id, coalesce(l.scheduled_ends_on, l.ends_on) as agreed, l.product,
                    coalesce(l.contract_id, l.account_id) as bundle, l.program, l.channel, l.geography
                from contracts.contract_line l
                where coalesce(l.scheduled_ends_on, l.ends_on) >= :from
                  and coalesce(l.scheduled_ends_on, l.ends_on) < :until
                  and l.starts_on < coalesce(l.scheduled_ends_on, l.ends_on)
                order by l.account_id, coalesce(l.scheduled_ends_on, l.ends_on), l.product, l.contract_id, l.id
            ) e on e.account_id = r.account_id and e.agreed = r.due_on and e.product = r.product
                and e.bundle = coalesce(r.contract_id, r.account_id)
            left join contracts.contract c on c.id = r.contract_id
            left join lateral (
                %s
            ) p on true)""";

    private static final String LAST_LINE = """
            select coalesce(l.program, c.program) as program, coalesce(l.channel, c.channel) as channel,
                    coalesce(l.geography, c.geography) as geography
                from contracts.contract_line l left join contracts.contract c on c.id = l.contract_id
                where l.account_id = r.account_id and l.product = r.product
                  and l.contract_id is not distinct from r.contract_id
                  and l.starts_on < r.due_on and coalesce(l.scheduled_ends_on, l.ends_on) <= r.due_on
                order by coalesce(l.scheduled_ends_on, l.ends_on) desc, l.id
                limit 1""";

    private static final String DUE = """
            select t.account_id, t.product as thing, t.product, t.program, t.channel, t.geography, t.currency, t.due_on as day,
                t.annual as whole, case when t.outcome = 'renewed' then t.annual else 0 end as part,
                t.outcome || coalesce(' ' || t.renewed_on::text, '') as outcome, 'renew' as label,
                %s
            from %s t""";

    static final String ALL_TERMS = DUE.formatted(TERM_STATUS, TERMS.formatted(":from", ":until"));

    static final String PLACED_TERMS = DUE.formatted(
            TERM_STATUS,
            TERMS_WITH_PLACE.formatted(
                    LAST_LINE.replace("where l.account_id", "where e.account_id is null and l.account_id")));

    private static final String BACK = """
            select t.account_id, t.product as thing, t.product, t.program, t.channel, t.geography, t.currency,
                coalesce(b.back_on, t.due_on) as day, t.annual as whole,
                case when b.back_on is null then 0 else least(b.annual, t.annual) end as part,
                case when b.back_on is null then 'still lost' else 'won back ' || b.back_on end as outcome,
                'win back' as label,
                case when t.monthly then 'monthly terms' when b.back_on is null then 'miss' else 'hit' end as status
            from %s t
            left join lateral (
                select min(n.starts_on) as back_on, sum(n.annual) as annual
                from contracts.contract_line n
                where n.account_id = t.account_id and n.starts_on >= :from and n.starts_on < :until and n.annual > 0
                  and n.currency = t.currency%s
            ) b on true
            where t.outcome = 'lost'
              and not exists (
                select from contracts.contract_line n
                where n.account_id = t.account_id and n.annual > 0 and n.starts_on > t.due_on and n.starts_on < :from%s)""";

    private static final String OF_SERVICE = " and growth.is_service(n.kind)";

    static final String SERVICE_BACK =
            BACK.formatted("growth.service_terms(:before, :from, :today)", OF_SERVICE, OF_SERVICE);

    static final String ALL_BACK = BACK.formatted(TERMS.formatted(":before", ":from"), "", "");

    /** Few are lost: each looks its line up. */
    static final String PLACED_BACK = BACK.formatted("""
            (select r.account_id, r.product, p.program, p.channel, p.geography, r.currency, r.annual, r.due_on, r.monthly,
                r.renewed_on, r.outcome
            from contracts.renewals(:before, :from, :today) r
            left join lateral (
                %s
            ) p on true)""".formatted(LAST_LINE), "", "");

    /** Without a program the level is that of the house, or below all others. */
    static final String LEVELS = """
            select m.account_id, coalesce(s.program, 'no program') || ' to ' || coalesce(e.program, 'no program') as thing,
                coalesce(s.program, h.name) as program, '' as currency, :until - 1 as day, sum(m.started) as whole,
                case when coalesce(e.tier, h.tier, -1) > coalesce(s.tier, h.tier, -1) then sum(m.started) else 0 end as part,
                case
                    when coalesce(e.tier, h.tier, -1) > coalesce(s.tier, h.tier, -1) then 'higher'
                    when coalesce(e.tier, h.tier, -1) < coalesce(s.tier, h.tier, -1) then 'lower'
                    else 'the same'
                end as outcome,
                'upgrade' as label,
                case
                    when top.tier is null then 'no program is sold'
                    when coalesce(s.tier, h.tier, -1) >= top.tier then 'at the top level already'
                    when coalesce(e.tier, h.tier, -1) > coalesce(s.tier, h.tier, -1) then 'hit'
                    else 'miss'
                end as status
            from contracts.revenue_movements(:from - 1, :until - 1, :today, true) m
            cross join (
                select max(p.tier) as tier from programs.program p
                where exists (select from programs.version v where v.program_id = p.id and v.valid_from < :from)) top
            left join growth.levels(:from - 1) s on s.account_id = m.account_id
            left join growth.levels(:until - 1) e on e.account_id = m.account_id
            left join programs.program h on h.house
            where m.live_started
            group by m.account_id, s.tier, s.program, e.tier, e.program, h.tier, h.name, top.tier""";
}
