package io.perennial.cancellations;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Whom we tried to keep, and kept. */
@Component
class SaveRateReading implements Reading {

    private static final String RECORDED = "as_recorded";
    private static final int YEAR = 365;
    private static final Heads HEADS = new Heads("Customer", "Segment", "Decided", "No customer here.");

    private final CustomerShares shares;
    private final LeavingRules rules;

    SaveRateReading(CustomerShares shares, LeavingRules rules) {
        this.shares = shares;
        this.rules = rules;
    }

    @Override
    public Answer read(Question question) {
        return shares.read(question, spec(question));
    }

    private CustomerShares.Spec spec(Question question) {
        int days = rules.rules().keptDays();
        return new CustomerShares.Spec(
                sql(question),
                statement -> statement.param("days", days),
                UnaryOperator.identity(),
                LeavingMetrics.NO_ATTEMPT,
                "said to be saved, and not checked: less than " + days + " days ago, or without contract lines");
    }

    @Override
    public String sql(Question question) {
        boolean recorded = question.definition().id().equals(RECORDED);
        return """
                select s.account_id, %s as key, s.decided_on as day, %s as in_base, %s as counted,
                    s.offer || ': ' || replace(s.verdict, '_', ' ') as words
                from cancellations.saves(:from, :until, :days, :today) s
                join accounts.account a on a.id = s.account_id
                left join identity.team_member o on o.id = a.owner_id
                where (cast(:owner as uuid) is null or a.owner_id = :owner)
                """.formatted(
                        CustomerShares.key(question, "s.decided_on"),
                        recorded ? "true" : "s.verdict in ('kept', 'lost_later', 'lost')",
                        recorded ? "s.result = 'saved'" : "s.verdict = 'kept'");
    }

    @Override
    public Set<String> definitions() {
        return Set.of("checked", RECORDED);
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
