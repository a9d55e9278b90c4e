package io.perennial.metrics.revenue;

import io.perennial.metrics.Question;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The months that a period touches, without those to come. */
final class Months {

    private Months() {}

    /** As {@code 2026-11}. */
    static List<String> of(Question question) {
        LocalDate tomorrow =
                LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC).plusDays(1);
        LocalDate until = question.until().isBefore(tomorrow) ? question.until() : tomorrow;
        List<String> months = new ArrayList<>();
        for (YearMonth month = YearMonth.from(question.from());
                month.atDay(1).isBefore(until);
                month = month.plusMonths(1)) {
            months.add(month.toString());
        }
        return months;
    }
}
