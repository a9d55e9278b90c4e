package io.perennial.metrics.sales;

import java.util.List;

/**
 * What the figures of service sales rest on, as rows with the same columns: the customer, what it is about, where it was sold, its
 * day, what could be sold ({@code whole}) and what was ({@code part}) in a year's money, and what became of it. A row whose
 * {@code status} is neither {@code hit} nor {@code miss} stays out of the base, for the reason that it says.
 */
enum SalesSource {

    /** Sales of products, with and without optional service. */
    SALES("""
            select s.account_id, s.product as thing, s.product, s.program, s.channel, s.geography, s.currency, s.sold_on as day,
                s.annual as whole, 0::numeric as part, s.outcome, 'attach' as label,
                case
                    when s.outcome = 'attached' then 'hit'
                    when s.outcome = 'forced' then 'bundled or compulsory'
                    when s.outcome = 'pending' then 'not decided yet'
                    else 'miss'
                end as status
            from growth.product_sales(:from, :until, :today, :around) s"""),

    /** The same, asked how often the customer had no choice. */
    FORCED("""
            select s.account_id, s.product as thing, s.product, s.program, s.channel, s.geography, s.currency, s.sold_on as day,
                s.annual as whole, 0::numeric as part, s.outcome, 'attach' as label,
                case
                    when s.outcome = 'forced' then 'hit'
                    when s.outcome = 'pending' then 'not decided yet'
                    else 'miss'
                end as status
            from growth.product_sales(:from, :until, :today, :around) s"""),

    /** Service that was offered with a sale. */
    OFFERS("""
            select o.account_id, o.service as thing, coalesce(o.product, '') as product, coalesce(o.program, c.program) as program,
                coalesce(o.channel, c.channel) as channel, coalesce(o.geography, c.geography) as geography,
                coalesce(o.currency, c.currency, '') as currency, o.offered_on as day,
                coalesce(o.list_amount, o.amount, 0) as whole,
                case when o.outcome = 'attached' then coalesce(o.amount, o.list_amount, 0) else 0 end as part,
                coalesce(o.outcome, 'open') as outcome, 'attach' as label,
                case
                    when coalesce(o.terms, 'optional') <> 'optional' then 'bundled or compulsory'
                    when coalesce(o.outcome, 'open') = 'open' then 'not decided yet'
                    when o.outcome = 'attached' then 'hit'
                    else 'miss'
                end as status
            from growth.service_offer o left join contracts.contract c on c.id = o.contract_id
            where o.offered_on >= :from and o.offered_on < :until"""),

    /** Terms of service that were due. */
    SERVICE_TERMS(Statements.SERVICE_TERMS),

    /** Terms of everything that recurs, subscriptions too. */
    ALL_TERMS(Statements.ALL_TERMS),

    /** Terms of service lost in a period of the same length before, and whether service came back in this one. */
    SERVICE_BACK(Statements.SERVICE_BACK),

    /** The same of everything that recurs. */
    ALL_BACK(Statements.ALL_BACK),

    /** Customers live at the start, by the level of their program on both days. */
    LEVELS(Statements.LEVELS, true),

    /** Customers live at the start, by whether they pay more at the end. */
    BOUGHT_MORE("""
            select m.account_id, '' as thing, l.program, '' as currency, :until - 1 as day, sum(m.started) as whole,
                sum(greatest(m.ended - m.started, 0)) as part,
                case when bool_or(m.movement = 'expansion') then 'bought more' else 'did not' end as outcome,
                'upgrade' as label, case when bool_or(m.movement = 'expansion') then 'hit' else 'miss' end as status
            from contracts.revenue_movements(:from - 1, :until - 1, :today, true) m
            left join growth.levels(:from - 1) l on l.account_id = m.account_id
            where m.live_started
            group by m.account_id, l.program""", true),

    /** What was signed in the period, and what customers of before paid more or less. */
    BOOKINGS("""
            select m.account_id, 'movement' as thing, l.program, m.currency, :until - 1 as day, 0::numeric as whole,
                m.ended - m.started - m.fx as part, m.movement as outcome, 'upgrade' as label, 'hit' as status
            from contracts.revenue_movements(:from - 1, :until - 1, :today, true) m
            left join growth.levels(:from - 1) l on l.account_id = m.account_id
            where m.live_started and m.movement <> 'same'
            union all
            select s.account_id, s.product, s.program, s.currency, s.starts_on, s.annual, 0, 'signed', 'upgrade', 'hit'
            from contracts.contract_line s
            where s.starts_on >= :from and s.starts_on < :until and s.annual > 0""", true),

    /** Customers live at the end, with and without service of their own. */
    UNDER_CONTRACT("""
            select m.account_id, coalesce(l.program, '') as thing, l.program, '' as currency, :until - 1 as day,
                sum(m.ended) as whole, 0::numeric as part,
                case when s.has then 'under contract' when l.account_id is not null then 'in a program' else 'neither' end as outcome,
                'attach' as label, case when s.has or l.account_id is not null then 'hit' else 'miss' end as status
            from contracts.revenue_movements(:from - 1, :until - 1, :today, true) m
            left join growth.levels(:until - 1) l on l.account_id = m.account_id
            left join (
                select distinct n.account_id, true as has
                from contracts.held(:until - 1) n where growth.is_service(n.kind)
            ) s on s.account_id = m.account_id
            where m.live_ended
            group by m.account_id, l.account_id, l.program, s.has""", true),

    /** Signals of growth on which somebody decided in the period. */
    DECIDED_SIGNALS("""
            select s.account_id, s.kind || coalesce(': ' || nullif(s.subject, ''), '') as thing,
                case when s.kind = 'peers_own' then s.subject else '' end as product, null::text as program,
                null::text as channel, null::text as geography, coalesce(s.currency, '') as currency,
                cast(s.decided_at at time zone 'UTC' as date) as day, coalesce(s.amount, 0) as whole,
                case when s.state = 'accepted' then coalesce(s.amount, 0) else 0 end as part,
                s.state || coalesce(': ' || s.reason, '') as outcome, 'upgrade' as label,
                case when s.state = 'accepted' then 'hit' else 'miss' end as status
            from growth.expansion_signal s
            where s.state in ('accepted', 'dismissed')
              and s.decided_at >= cast(:from as date)::timestamp at time zone 'UTC'
              and s.decided_at < cast(:until as date)::timestamp at time zone 'UTC'"""),

    /** Opportunities that were won or lost in the period, with or without a signal behind them. */
    CLOSED_OPPORTUNITIES("""
            select o.account_id, o.name as thing, coalesce(o.product, '') as product, o.program, null::text as channel,
                null::text as geography, coalesce(o.currency, '') as currency, o.ended_on as day,
                coalesce(o.amount, 0) as whole, case when o.phase = 'won' then coalesce(o.amount, 0) else 0 end as part,
                o.phase || coalesce(': ' || o.reason, '') as outcome, 'upgrade' as label,
                case when o.phase = 'won' then 'hit' else 'miss' end as status
            from growth.opportunity o
            where o.phase in ('won', 'lost') and o.ended_on >= :from and o.ended_on < :until"""),

    /** The same of those that began with a signal of growth. */
    CLOSED_FROM_SIGNALS("""
            select o.account_id, o.name as thing, coalesce(o.product, '') as product, o.program, null::text as channel,
                null::text as geography, coalesce(o.currency, '') as currency, o.ended_on as day,
                coalesce(o.amount, 0) as whole, case when o.phase = 'won' then coalesce(o.amount, 0) else 0 end as part,
                o.phase || coalesce(': ' || o.reason, '') as outcome, 'upgrade' as label,
                case when o.phase = 'won' then 'hit' else 'miss' end as status
            from growth.opportunity o
            where o.phase in ('won', 'lost') and o.ended_on >= :from and o.ended_on < :until
              and exists (select from growth.expansion_signal s where s.opportunity_id = o.id)"""),

    /** All money that service could be sold for, and for which it was. */
    INDEX_VALUE(OFFERS, SERVICE_TERMS, SERVICE_BACK),

    /** The same with subscriptions, for companies whose product is the service. */
    INDEX_ALL(OFFERS, ALL_TERMS, ALL_BACK),

    /** All occasions to sell service, and those that were used. */
    INDEX_NUMBER(SALES, SERVICE_TERMS, SERVICE_BACK);

    private final String sql;
    private final boolean customers;
    private final List<SalesSource> parts;

    SalesSource(String sql) {
        this(sql, false);
    }

    /** @param customers rows are customers, and where they bought is looked up */
    SalesSource(String sql, boolean customers) {
        this.sql = sql;
        this.customers = customers;
        this.parts = List.of();
    }

    SalesSource(SalesSource attach, SalesSource renew, SalesSource back) {
        this.sql = String.join("\nunion all\n", attach.sql, renew.sql, back.sql);
        this.customers = false;
        this.parts = List.of(attach, renew, back);
    }

    /** What it is the sum of; empty for rows of one kind. */
    List<SalesSource> parts() {
        return parts;
    }

    /** Whether each row belongs to the period by its own day alone, so that months of a period are its parts. */
    boolean dated() {
        return switch (this) {
            case SALES, OFFERS, SERVICE_TERMS, ALL_TERMS, DECIDED_SIGNALS, CLOSED_OPPORTUNITIES, CLOSED_FROM_SIGNALS ->
                true;
            default -> false;
        };
    }

    String sql() {
        return sql;
    }

    boolean customers() {
        return customers;
    }

    /** The first day of the state that customers are placed by: at the start of the period, but where the end is looked at. */
    String placedOn() {
        return this == UNDER_CONTRACT ? ":until - 1" : ":from - 1";
    }

    /** The longer statements. */
    private static final class Statements {

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

        /** Where a term was sold says one of its lines. */
        private static final String TERMS_WITH_PLACE = """
                (select r.account_id, r.product, p.program, p.channel, p.geography, r.currency, r.annual, r.due_on, r.monthly,
                    r.renewed_on, r.outcome
                from contracts.renewals(%s, %s, :today) r
                left join lateral (
                    select coalesce(l.program, c.program) as program, coalesce(l.channel, c.channel) as channel,
                        coalesce(l.geography, c.geography) as geography
                    from contracts.contract_line l left join contracts.contract c on c.id = l.contract_id
                    where l.account_id = r.account_id and l.product = r.product
                      and l.contract_id is not distinct from r.contract_id
                      and l.starts_on < r.due_on and coalesce(l.scheduled_ends_on, l.ends_on) <= r.due_on
                    order by coalesce(l.scheduled_ends_on, l.ends_on) desc
                    limit 1
                ) p on true)""";

        static final String ALL_TERMS = """
                select t.account_id, t.product as thing, t.product, t.program, t.channel, t.geography, t.currency, t.due_on as day,
                    t.annual as whole, case when t.outcome = 'renewed' then t.annual else 0 end as part,
                    t.outcome || coalesce(' ' || t.renewed_on::text, '') as outcome, 'renew' as label,
                    %s
                from %s t""".formatted(TERM_STATUS, TERMS_WITH_PLACE.formatted(":from", ":until"));

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

        static final String ALL_BACK = BACK.formatted(TERMS_WITH_PLACE.formatted(":before", ":from"), "", "");

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
}
