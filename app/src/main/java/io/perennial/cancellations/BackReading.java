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

/** Who left in the period and came back since, by the reason on record. */
@Component
class BackReading implements Reading {

    private static final int YEAR = 365;
    private static final Heads HEADS = new Heads("Customer", "Segment", "First day without", "Nobody was lost.");

    private final CustomerShares shares;

    BackReading(CustomerShares shares) {
        this.shares = shares;
    }

    @Override
    public Answer read(Question question) {
        return shares.read(question, spec(question));
    }

    private CustomerShares.Spec spec(Question question) {
        return new CustomerShares.Spec(
                sql(question),
                UnaryOperator.identity(),
                question.by() == Dimension.REASON ? ReasonCategory::titleOf : UnaryOperator.identity(),
                LeavingMetrics.NOBODY,
                "under notice");
    }

    @Override
    public String sql(Question question) {
        return """
                select l.account_id, %s as key, l.lost_on as day, true as in_base, l.outcome = 'back' as counted,
                    case when l.outcome = 'back' then coalesce('back since ' || l.back_on, 'came back') else 'gone' end as words
                from (
                    select distinct on (l.account_id) l.* from cancellations.losses(:from, :until, :today) l
                    where l.outcome in ('gone', 'back') and l.lost_on <= :today
                    order by l.account_id, l.lost_on desc, l.id
                ) l
                join accounts.account a on a.id = l.account_id
                left join identity.team_member o on o.id = a.owner_id
                where (cast(:owner as uuid) is null or a.owner_id = :owner)
                """.formatted(CustomerShares.key(question, "l.lost_on"));
    }

    @Override
    public Set<String> definitions() {
        return Set.of("standard");
    }

    @Override
    public Set<Dimension> dimensions() {
        return EnumSet.of(Dimension.REASON, Dimension.MONTH, Dimension.SEGMENT, Dimension.INDUSTRY, Dimension.OWNER);
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
