package io.perennial.cases;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How well cases were answered, over all customers, in calendar time. Times to resolve are skewed: read the median
 * and the 90th percentile before the mean.
 */
@Component
public class CaseFigures {

    private final JdbcClient database;

    CaseFigures(JdbcClient database) {
        this.database = database;
    }

    /**
     * Figures of the cases opened in a period.
     *
     * @param resolved cases with a time of resolution; one without is not counted as resolved when it was closed
     * @param medianHours hours to resolve; null without resolved cases, like its two neighbours
     * @param answered cases whose first response is known
     * @param medianResponseMinutes minutes to the first response; null when none is known
     * @param resolvedOnce resolved without ever being reopened
     * @param resolvedAtOnce those of them that never waited and that at most one person took in charge
     * @param waited cases that stood still at least once
     * @param answers satisfaction answers, and their mean as given
     */
    public record Figures(
            int opened,
            int resolved,
            @Nullable Double medianHours,
            @Nullable Double meanHours,
            @Nullable Double p90Hours,
            int answered,
            @Nullable Double medianResponseMinutes,
            @Nullable Double meanResponseMinutes,
            int resolvedOnce,
            int resolvedAtOnce,
            int waited,
            int escalated,
            int answers,
            @Nullable Double meanSatisfaction) {}

    /** The figures of one year, one priority, one product and so on. */
    public record Group(String name, Figures figures) {}

    /** What cases may be grouped by: a field, or an attribute that the company brought. */
    public static final class By {

        public static final By YEAR = field("to_char(opened_at at time zone 'UTC', 'YYYY')");
        public static final By MONTH = field("to_char(opened_at at time zone 'UTC', 'YYYY-MM')");
        public static final By PRIORITY = field("coalesce(priority, '')");
        public static final By PRODUCT = field("coalesce(product, '')");
        public static final By CAUSE = field("coalesce(cause, '')");
        public static final By CHANNEL = field("coalesce(channel, '')");

        private final String expression;
        private final String attribute;

        private By(String expression, String attribute) {
            this.expression = expression;
            this.attribute = attribute;
        }

        private static By field(String expression) {
            return new By(expression, "");
        }

        /** Cases without the attribute are a group with an empty name. */
        public static By attribute(String name) {
            return new By("coalesce(attributes ->> :attribute, '')", name);
        }
    }

    /** Half-open: cases opened from {@code from} on and before {@code until}. */
    public Figures figures(Instant from, Instant until) {
        return figures(from, until, By.field("''")).stream()
                .findFirst()
                .map(Group::figures)
                .orElse(new Figures(0, 0, null, null, null, 0, null, null, 0, 0, 0, 0, 0, null));
    }

    public List<Group> figures(Instant from, Instant until, By by) {
        return database.sql(SELECT.formatted(by.expression))
                .param("attribute", by.attribute)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Group(
                        row.getString("name"),
                        new Figures(
                                row.getInt("opened"),
                                row.getInt("resolved"),
                                row.getObject("median_hours", Double.class),
                                row.getObject("mean_hours", Double.class),
                                row.getObject("p90_hours", Double.class),
                                row.getInt("answered"),
                                row.getObject("median_response", Double.class),
                                row.getObject("mean_response", Double.class),
                                row.getInt("resolved_once"),
                                row.getInt("resolved_at_once"),
                                row.getInt("waited"),
                                row.getInt("escalated"),
                                row.getInt("answers"),
                                row.getObject("mean_satisfaction", Double.class))))
                .list();
    }

    private static final String SELECT = """
            select name, count(*)::int as opened, count(hours)::int as resolved,
                percentile_cont(0.5) within group (order by hours) as median_hours,
                avg(hours) as mean_hours,
                percentile_cont(0.9) within group (order by hours) as p90_hours,
                count(response)::int as answered,
                percentile_cont(0.5) within group (order by response) as median_response,
                avg(response) as mean_response,
                count(*) filter (where hours is not null and coalesce(reopened, 0) = 0)::int as resolved_once,
                count(*) filter (where hours is not null and coalesce(reopened, 0) = 0 and coalesce(waits, 0) = 0
                    and coalesce(takeovers, 0) <= 1)::int as resolved_at_once,
                count(*) filter (where waits > 0)::int as waited,
                count(*) filter (where escalated)::int as escalated,
                count(satisfaction)::int as answers,
                avg(satisfaction)::double precision as mean_satisfaction
            from (
                select %s as name, reopened, waits, takeovers, escalated, satisfaction,
                    case when resolved_at is not null
                        then greatest(0, extract(epoch from resolved_at - opened_at) / 3600)
                    end::double precision as hours,
                    coalesce(extract(epoch from first_response_at - opened_at) / 60, first_response_minutes)
                        ::double precision as response
                from cases.support_case
                where opened_at >= :from and opened_at < :until
            ) c
            group by name order by name
            """;
}
