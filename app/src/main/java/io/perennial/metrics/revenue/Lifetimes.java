package io.perennial.metrics.revenue;

import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import io.perennial.metrics.Reading.Row;
import io.perennial.metrics.Reading.Rows;
import io.perennial.metrics.formula.KaplanMeier;
import io.perennial.platform.web.Wording;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads how long customers stay, those who still do as far as is known. Times are in months: on the same day of a later month so many whole
 * ones are over, and a day within one is a thirty-first of it.
 */
@Component
public class Lifetimes {

    private static final double DAYS = 31;

    private final JdbcClient database;

    Lifetimes(JdbcClient database) {
        this.database = database;
    }

    /** @param customers who were looked at */
    public record Curve(KaplanMeier left, long customers) {

        static final Curve NONE = new Curve(KaplanMeier.of(List.of()), 0);

        /** After so many months; empty when nobody was seen for so long. */
        public Optional<KaplanMeier.Point> after(int months) {
            return Optional.ofNullable(left.at(months));
        }

        public long atRisk(int months) {
            return left.atRisk(months);
        }

        /** Whole months that somebody was seen for. */
        public int months() {
            return (int) left.last();
        }
    }

    /**
     * @param groups with the most customers first
     * @param beyond how many groups there are beyond these
     */
    public record Curves(Curve total, Map<String, Curve> groups, int beyond) {}

    /** The statement and its definition; what is not known is the standard. */
    static Lives lives(Question question) {
        for (Lives lives : Lives.values()) {
            if (lives.name()
                    .toLowerCase(Locale.ROOT)
                    .equals(question.definition().id())) {
                return lives;
            }
        }
        return Lives.STANDARD;
    }

    /** By the definition that the question names: standard, as_run, period or until_last. */
    public Curves read(Question question) {
        List<KaplanMeier.Step> whole = new ArrayList<>();
        Map<String, List<KaplanMeier.Step>> steps = new LinkedHashMap<>();
        Map<String, Long> customers = new LinkedHashMap<>();
        long[] all = {0};
        Lives lives = lives(question);
        LifetimeSql.statement(database, LifetimeSql.steps(question, lives), question, lives)
                .query(row -> {
                    KaplanMeier.Step step =
                            new KaplanMeier.Step(row.getInt("age") / DAYS, row.getLong("at_risk"), row.getLong("lost"));
                    if (row.getBoolean("whole")) {
                        whole.add(step);
                        all[0] = row.getLong("customers");
                    } else {
                        String key = row.getString("key");
                        steps.computeIfAbsent(key, group -> new ArrayList<>()).add(step);
                        customers.put(key, row.getLong("customers"));
                    }
                });
        Map<String, Curve> groups = new LinkedHashMap<>();
        if (question.by() != null) {
            steps.forEach((key, own) -> {
                if (groups.size() < LifetimeSql.MOST_GROUPS) {
                    groups.put(key, new Curve(KaplanMeier.of(own), customers.getOrDefault(key, 0L)));
                }
            });
        }
        return new Curves(
                new Curve(KaplanMeier.of(whole), all[0]),
                groups,
                question.by() == null ? 0 : steps.size() - groups.size());
    }

    Rows rows(Question question, Part part, int page) {
        long[] all = {0};
        Lives lives = lives(question);
        List<Row> rows = LifetimeSql.statement(database, LifetimeSql.rows(question, lives, part), question, lives)
                .param("limit", Rows.PAGE)
                .param("offset", (page - 1) * Rows.PAGE)
                .query((row, number) -> {
                    all[0] = row.getLong("all_rows");
                    LocalDate lost = row.getObject("lost_on", LocalDate.class);
                    return new Row(
                            "/accounts/" + row.getString("account_id"),
                            row.getString("name"),
                            row.getString("segment"),
                            "",
                            row.getObject("born", LocalDate.class)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant(),
                            months(row.getInt("stayed"))
                                    + (lost == null ? ", still here" : ", lost on " + Wording.day(lost)));
                })
                .list();
        return new Rows(rows, all[0]);
    }

    private static String months(int days) {
        return String.format(Locale.ENGLISH, "%.1f months", days / DAYS);
    }

    String sql(Question question) {
        return LifetimeSql.steps(question, lives(question));
    }
}
