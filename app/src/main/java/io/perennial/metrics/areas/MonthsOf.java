package io.perennial.metrics.areas;

import io.perennial.metrics.Question;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The months of a period, each as a question of its own. */
public final class MonthsOf {

    private MonthsOf() {}

    /** In their order; the first and the last as far as they belong to the period. */
    public static List<Question> each(Question question) {
        List<Question> months = new ArrayList<>();
        for (YearMonth month = YearMonth.from(question.from());
                month.atDay(1).isBefore(question.until());
                month = month.plusMonths(1)) {
            months.add(one(question, month));
        }
        return months;
    }

    /** Only that month of the period, or nothing of it where the text is none. */
    public static Question only(Question question, String month) {
        return each(question).stream()
                .filter(each -> name(each).equals(month))
                .findFirst()
                .orElseGet(() -> one(question, YearMonth.from(question.from())));
    }

    public static String name(Question month) {
        return YearMonth.from(month.from()).toString();
    }

    private static Question one(Question question, YearMonth month) {
        var first = month.atDay(1);
        var next = month.plusMonths(1).atDay(1);
        return new Question(
                question.definition(),
                first.isBefore(question.from()) ? question.from() : first,
                next.isAfter(question.until()) ? question.until() : next,
                question.asOf(),
                null,
                null,
                question.owner());
    }
}
