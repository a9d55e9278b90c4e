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
    SERVICE_TERMS(SalesRows.SERVICE_TERMS),

    /** Terms of everything that recurs, subscriptions too. */
    ALL_TERMS(SalesRows.ALL_TERMS, SalesRows.PLACED_TERMS),

    /** Terms of service lost in a period of the same length before, and whether service came back in this one. */
    SERVICE_BACK(SalesRows.SERVICE_BACK),

    /** The same of everything that recurs. */
    ALL_BACK(SalesRows.ALL_BACK, SalesRows.PLACED_BACK),

    /** Customers live at the start, by the level of their program on both days. */
    LEVELS(SalesRows.LEVELS, true),

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
    private final String placed;
    private final boolean customers;
    private final List<SalesSource> parts;

    SalesSource(String sql) {
        this(sql, false);
    }

    /** @param customers rows are customers, and where they bought is looked up */
    SalesSource(String sql, boolean customers) {
        this.sql = sql;
        this.placed = sql;
        this.customers = customers;
        this.parts = List.of();
    }

    /** @param placed the same rows with where they were sold, which takes longer */
    SalesSource(String sql, String placed) {
        this.sql = sql;
        this.placed = placed;
        this.customers = false;
        this.parts = List.of();
    }

    SalesSource(SalesSource attach, SalesSource renew, SalesSource back) {
        this.sql = String.join("\nunion all\n", attach.sql, renew.sql, back.sql);
        this.placed = String.join("\nunion all\n", attach.placed, renew.placed, back.placed);
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

    /** @param place whether program, channel and geography are asked for; else rows of some kinds do not say them */
    String sql(boolean place) {
        return place ? placed : sql;
    }

    boolean customers() {
        return customers;
    }

    /** The first day of the state that customers are placed by: at the start of the period, but where the end is looked at. */
    String placedOn() {
        return this == UNDER_CONTRACT ? ":until - 1" : ":from - 1";
    }
}
