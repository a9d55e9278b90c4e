package io.perennial.metrics.service;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A month without any case is a month too: nothing came in, and of nothing there is no median. */
final class Months {

    private Months() {}

    /** All months of the period up to now; those before the first and behind the last case are left out. */
    static List<Answer.Group> all(Question question, List<Answer.Group> found, Spec spec) {
        if (found.isEmpty() || question.group() != null) {
            return found;
        }
        Map<String, Answer.Group> known = new LinkedHashMap<>();
        found.forEach(group -> known.put(group.key(), group));
        boolean standing = spec.base() == Base.OPEN_EACH_MONTH;
        YearMonth last = standing
                ? YearMonth.from(question.end().minusSeconds(1).atOffset(ZoneOffset.UTC))
                : YearMonth.parse(found.getLast().key());
        List<Answer.Group> all = new ArrayList<>();
        for (YearMonth month = YearMonth.parse(found.getFirst().key());
                !month.isAfter(last);
                month = month.plusMonths(1)) {
            String key = month.toString();
            all.add(known.getOrDefault(
                    key,
                    new Answer.Group(
                            key,
                            key,
                            spec.kind() == Spec.Kind.COUNT ? Figure.of(BigDecimal.ZERO) : Figure.none(spec.empty()))));
        }
        return all;
    }
}
