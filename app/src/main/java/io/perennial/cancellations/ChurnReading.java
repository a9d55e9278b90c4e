package io.perennial.cancellations;

import io.perennial.contracts.ReasonCategory;
import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Whom the ledger of revenue lost of those who were there as the period began, with the reason on record. */
@Component
class ChurnReading implements Reading {

    private static final int YEAR = 365;
    private static final String UNRECORDED = "unrecorded";
    private static final Heads HEADS = new Heads("Customer", "Segment", "Notice, or begin", "No customer here.");

    private final CustomerShares shares;

    ChurnReading(CustomerShares shares) {
        this.shares = shares;
    }

    @Override
    public Answer read(Question question) {
        return shares.read(question, spec(question));
    }

    private CustomerShares.Spec spec(Question question) {
        boolean reasons = question.by() == Dimension.REASON;
        return new CustomerShares.Spec(
                sql(question),
                UnaryOperator.identity(),
                reasons ? ChurnReading::title : UnaryOperator.identity(),
                LeavingMetrics.NO_CUSTOMERS,
                "",
                reasons);
    }

    private static String title(String category) {
        return category.equals(UNRECORDED) ? "No cancellation on record" : ReasonCategory.titleOf(category);
    }

    @Override
    public String sql(Question question) {
        return """
                select m.account_id, %s as key, coalesce(l.cancelled_on, cast(:from as date)) as day, true as in_base,
                    m.movement = 'churn' as counted,
                    case when m.movement <> 'churn' then 'stayed'
                        else coalesce('left: ' || replace(l.category, '_', ' '), 'left, no cancellation on record') end as words
                from contracts.revenue_movements(cast(:from as date) - 1, least(cast(:until as date) - 1, cast(:today as date)),
                    :today, true) m
                join accounts.account a on a.id = m.account_id
                left join identity.team_member o on o.id = a.owner_id
                left join lateral (
                    select c.category, c.cancelled_on from contracts.cancellation c
                    where m.movement = 'churn' and c.account_id = m.account_id and c.reactivated is not true
                      and coalesce(c.effective_on, c.cancelled_on) >= cast(:from as date) - 400
                      and coalesce(c.effective_on, c.cancelled_on) < cast(:until as date) + 400
                    order by coalesce(c.effective_on, c.cancelled_on) desc, c.id limit 1
                ) l on true
                where m.leads and m.live_started and (cast(:owner as uuid) is null or a.owner_id = :owner)
                """.formatted(
                question.by() == Dimension.REASON
                        ? "case when m.movement = 'churn' then coalesce(l.category, '" + UNRECORDED + "') else '' end"
                        : CustomerShares.key(question, ""));
    }

    @Override
    public Set<String> definitions() {
        return Set.of("standard");
    }

    @Override
    public Set<Dimension> dimensions() {
        return EnumSet.of(Dimension.REASON, Dimension.SEGMENT, Dimension.INDUSTRY, Dimension.OWNER);
    }

    @Override
    public Rows rows(Question question, Part part, int page) {
        return shares.rows(question, spec(question), part, page);
    }

    @Override
    public int usualDays() {
        return YEAR;
    }

    @Override
    public Heads heads() {
        return HEADS;
    }
}
