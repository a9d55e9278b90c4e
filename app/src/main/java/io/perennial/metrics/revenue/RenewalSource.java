package io.perennial.metrics.revenue;

/**
 * What is due, as rows with the same columns: the customer, what it brings in a year, what of that counts when it is kept, and
 * what became of it.
 */
enum RenewalSource {

    /** Terms of contracts, and lines without contract. */
    TERMS("""
            select r.account_id, r.product, r.currency, r.annual, r.annual as counted, r.due_on, r.monthly, r.renewed_on,
                r.same_product, r.outcome
            from contracts.renewals(:from, :until, :today) r"""),

    /** Customers, kept when anything of theirs began since and runs on, however late. Who became part of another is not among them. */
    CUSTOMERS("""
            select d.account_id, '' as product, '' as currency, 0::numeric as annual, 0::numeric as counted,
                :until - 1 as due_on, false as monthly, null::date as renewed_on, false as same_product,
                case when d.followed then 'renewed' else 'lost' end as outcome
            from contracts.customers_due_apart(:from, :until) d"""),

    /**
     * What customers brought before who were due: so that upsell cannot mask a loss. A reduction by more than half is a loss.
     */
    VALUE("""
            select m.account_id, '' as product, m.currency, m.started as annual, m.started as counted, :until - 1 as due_on,
                false as monthly, null::date as renewed_on, false as same_product,
                case
                    when m.movement = 'churn' or m.ended < m.started / 2 then 'lost'
                    when m.account_id in (
                        select r.account_id from contracts.revenue r
                        where r.state = 'lapsed' and r.from_day < :until and r.until_day >= :until and r.until_day > :today)
                        then 'lapsed'
                    else 'renewed'
                end as outcome
            from contracts.revenue_movements(:from - 1, :until - 1, :today, true) m
            where m.started > 0
              and (m.movement = 'churn'
                or m.account_id in (select d.account_id from contracts.customers_due(:from, :until) d))"""),

    /** The same by what ran on both days, where only whole customers are lost. */
    VALUE_AS_RUN("""
            select m.account_id, '' as product, m.currency, m.started as annual, m.started as counted, :until - 1 as due_on,
                false as monthly, null::date as renewed_on, false as same_product,
                case when m.movement = 'churn' then 'lost' else 'renewed' end as outcome
            from contracts.revenue_movements(:from - 1, :until - 1, :today, false) m
            where m.started > 0
              and (m.movement = 'churn'
                or m.account_id in (select d.account_id from contracts.customers_due(:from, :until) d))"""),

    /** What customers pay less, against what those bring who were due. */
    LESS("""
            select m.account_id, '' as product, m.currency, case when d.account_id is null then 0 else m.started end as annual,
                case when m.movement = 'contraction' then m.started - m.ended else 0 end as counted, :until - 1 as due_on,
                false as monthly, null::date as renewed_on, false as same_product, 'renewed' as outcome
            from contracts.revenue_movements(:from - 1, :until - 1, :today, false) m
            left join contracts.customers_due(:from, :until) d on d.account_id = m.account_id
            where d.account_id is not null or m.movement = 'contraction'""");

    private final String sql;

    RenewalSource(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    /** Terms that are not over, or of which nothing is decided, are not in the base. */
    boolean decides() {
        return this == TERMS || this == VALUE;
    }
}
