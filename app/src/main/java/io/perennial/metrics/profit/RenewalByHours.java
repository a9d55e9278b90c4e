package io.perennial.metrics.profit;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Interval;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.Reason;
import io.perennial.metrics.formula.Statistics;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Terms that were due, with the hours of service that their customers had in the year before. */
@Component
class RenewalByHours implements Reading {

    private static final int YEAR = 365;
    private static final Reason NO_TERMS = new Reason(
            "NO_TERMS_WITH_HOURS",
            "Terms are needed that were due and decided, some with more and some with fewer hours of service.");
    private static final Heads HEADS = new Heads("Customer", "Segment", "Due", "No term here.");

    private final JdbcClient database;

    RenewalByHours(JdbcClient database) {
        this.database = database;
    }

    /** @param key of the group that was asked for */
    record Term(
            UUID account, String name, String segment, String key, LocalDate dueOn, double hours, boolean renewed) {}

    /** Of one activity, or of all work where it is empty; at most 200,000 terms. */
    List<Term> terms(Question question, String activity) {
        LocalDate today = LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC);
        return database.sql(sql(question, activity))
                .param("from", question.from())
                .param("until", question.until())
                .param("today", today)
                .param("activity", activity)
                .param("owner", question.owner())
                .param("group", question.group())
                .query((row, number) -> new Term(
                        row.getObject("account_id", UUID.class),
                        row.getString("name"),
                        row.getString("segment"),
                        row.getString("key"),
                        row.getObject("due_on", LocalDate.class),
                        row.getDouble("hours"),
                        row.getBoolean("renewed")))
                .list();
    }

    private static String sql(Question question, String activity) {
        String key = question.by() == Dimension.SEGMENT
                ? "coalesce(a.segment, '')"
                : question.by() == Dimension.INDUSTRY ? "coalesce(a.industry, '')" : "''";
        String hours = activity.isEmpty() ? """
                    select k.account_id, k.month as day, k.minutes from metrics.cost k
                    where k.month >= cast(:from as date) - 397 and k.month < :until""" : """
                    select e.account_id, e.day, e.minutes from metrics.time_entry e
                    where lower(e.activity) = lower(:activity) and e.day >= cast(:from as date) - 366 and e.day < :until""";
        return """
                with term as (
                    select row_number() over () as n, r.account_id, r.due_on, r.outcome
                    from contracts.renewals(:from, :until, :today) r
                    where r.outcome in ('renewed', 'lost') and not r.monthly
                ), work as (
                %s
                ), served as (
                    select t.n, sum(w.minutes) / 60 as hours from term t
                    join work w on w.account_id = t.account_id and w.day < t.due_on and w.day >= t.due_on - 365
                    group by 1
                )
                select t.account_id, a.name, coalesce(a.segment, '') as segment, %s as key, t.due_on,
                    coalesce(s.hours, 0) as hours, t.outcome = 'renewed' as renewed
                from term t
                join accounts.account a on a.id = t.account_id
                left join served s on s.n = t.n
                where true%s%s
                limit 200000""".formatted(
                        hours,
                        key,
                        question.owner() == null ? "" : " and a.owner_id = :owner",
                        question.group() == null || question.by() == null ? "" : " and " + key + " = :group");
    }

    @Override
    public Answer read(Question question) {
        Figure total = figure(terms(question.by(null), ""));
        if (question.by() == null) {
            return Answer.of(total);
        }
        Map<String, List<Term>> byKey = new LinkedHashMap<>();
        terms(question, "")
                .forEach(term -> byKey.computeIfAbsent(term.key(), key -> new ArrayList<>())
                        .add(term));
        return new Answer(
                total,
                byKey.entrySet().stream()
                        .map(entry -> new Answer.Group(entry.getKey(), entry.getKey(), figure(entry.getValue())))
                        .toList(),
                0);
    }

    private static Figure figure(List<Term> terms) {
        double median = median(terms);
        long n1 = terms.stream().filter(term -> more(term, median)).count();
        long x1 = terms.stream()
                .filter(term -> more(term, median) && term.renewed())
                .count();
        long x2 = terms.stream()
                .filter(term -> !more(term, median) && term.renewed())
                .count();
        Figure figure = difference(x1, n1, x2, terms.size() - n1);
        return terms.isEmpty() ? figure : figure.with("median_hours", BigDecimal.valueOf(median));
    }

    /** Where most have nothing, anything is more. */
    private static boolean more(Term term, double median) {
        return term.hours() >= median && term.hours() > 0;
    }

    private static double median(List<Term> terms) {
        double[] hours = terms.stream().mapToDouble(Term::hours).sorted().toArray();
        return hours.length == 0 ? 0 : hours[hours.length / 2];
    }

    static Figure difference(Inputs in) {
        long n1 = in.count("n1");
        long n2 = in.count("n2");
        if (in.count("x1") > n1 || in.count("x2") > n2) {
            throw in.wrong(in.count("x1") > n1 ? "x1" : "x2", "more_than_all", "More were renewed than due.");
        }
        return difference(in.count("x1"), n1, in.count("x2"), n2);
    }

    private static Figure difference(long x1, long n1, long x2, long n2) {
        if (n1 == 0 || n2 == 0) {
            return Figure.none(NO_TERMS).from(BigDecimal.valueOf(n1), BigDecimal.valueOf(n1 + n2));
        }
        BigDecimal more = Exact.percent(BigDecimal.valueOf(x1), BigDecimal.valueOf(n1));
        BigDecimal fewer = Exact.percent(BigDecimal.valueOf(x2), BigDecimal.valueOf(n2));
        Interval range = Statistics.difference(x1, n1, x2, n2, 0.95);
        return Figure.of(more.subtract(fewer))
                .with("renewed_with_more_percent", more)
                .with("renewed_with_fewer_percent", fewer)
                .with("terms_with_more", BigDecimal.valueOf(n1))
                .with("terms_with_fewer", BigDecimal.valueOf(n2))
                .within(new Interval(
                        range.from().multiply(Exact.HUNDRED),
                        range.to().multiply(Exact.HUNDRED),
                        range.level(),
                        range.method()))
                .sampled(Math.min(n1, n2));
    }

    @Override
    public Set<String> definitions() {
        return Set.of("standard");
    }

    @Override
    public Set<Dimension> dimensions() {
        return EnumSet.of(Dimension.SEGMENT, Dimension.INDUSTRY);
    }

    @Override
    public Rows rows(Question question, Part part, int page) {
        List<Term> all = terms(question, "");
        double median = median(all);
        List<Term> wanted = all.stream()
                .filter(term -> switch (part) {
                    case COUNTED -> more(term, median);
                    case NOT_COUNTED -> !more(term, median);
                    case EXCLUDED -> false;
                    case BASE -> true;
                })
                .sorted(java.util.Comparator.comparingDouble(Term::hours).reversed())
                .toList();
        return new Rows(
                wanted.stream()
                        .skip((page - 1L) * Rows.PAGE)
                        .limit(Rows.PAGE)
                        .map(term -> new Row(
                                "/accounts/" + term.account(),
                                term.name(),
                                term.segment(),
                                "",
                                term.dueOn().atStartOfDay(ZoneOffset.UTC).toInstant(),
                                String.format(
                                        java.util.Locale.ENGLISH,
                                        "%.1f h, %s",
                                        term.hours(),
                                        term.renewed() ? "renewed" : "lost")))
                        .toList(),
                wanted.size());
    }

    @Override
    public String sql(Question question) {
        return sql(question, "");
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
