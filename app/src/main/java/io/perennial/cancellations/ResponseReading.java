package io.perennial.cancellations;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Who was asked by letter why they leave, and answered. */
@Component
class ResponseReading implements Reading {

    private static final int YEAR = 365;
    private static final Heads HEADS = new Heads("Customer", "Segment", "Asked", "Nobody was asked.");

    private final CustomerShares shares;

    ResponseReading(CustomerShares shares) {
        this.shares = shares;
    }

    @Override
    public Answer read(Question question) {
        return shares.read(question, spec(question));
    }

    private CustomerShares.Spec spec(Question question) {
        return new CustomerShares.Spec(
                sql(question), UnaryOperator.identity(), UnaryOperator.identity(), LeavingMetrics.NOBODY_ASKED, "");
    }

    @Override
    public String sql(Question question) {
        return """
                select s.account_id, %s as key, s.asked_on as day, true as in_base, s.answered as counted,
                    case when s.answered then 'answered' else 'no answer' end as words
                from (
                    select s.account_id, s.cancellation_id, min((s.sent_at at time zone 'UTC')::date) as asked_on,
                        bool_or(s.answered_at is not null) as answered
                    from cancellations.survey s
                    where s.sent_at >= cast(:from as date)::timestamp at time zone 'UTC'
                      and s.sent_at < cast(:until as date)::timestamp at time zone 'UTC'
                    group by 1, 2
                ) s
                join accounts.account a on a.id = s.account_id
                left join identity.team_member o on o.id = a.owner_id
                where (cast(:owner as uuid) is null or a.owner_id = :owner)
                """.formatted(CustomerShares.key(question, "s.asked_on"));
    }

    @Override
    public Set<String> definitions() {
        return Set.of("standard");
    }

    @Override
    public Set<Dimension> dimensions() {
        return EnumSet.of(Dimension.MONTH, Dimension.SEGMENT, Dimension.INDUSTRY, Dimension.OWNER);
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
