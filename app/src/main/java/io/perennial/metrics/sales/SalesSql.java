package io.perennial.metrics.sales;

import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading.Part;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Writes the statements over the rows of a {@link SalesSource}. */
final class SalesSql {

    /** Groups that are told; how many more there are is told too. */
    static final int MOST_GROUPS = 100;

    private static final Map<Dimension, String> KEYS = Map.of(
            Dimension.SEGMENT, "coalesce(a.segment, '')",
            Dimension.INDUSTRY, "coalesce(a.industry, '')",
            Dimension.COUNTRY, "coalesce(a.country, '')",
            Dimension.OWNER, "coalesce(o.name, '')",
            Dimension.PRODUCT, "coalesce(d.product, '')",
            Dimension.PROGRAM, "coalesce(d.program, '')",
            Dimension.CHANNEL, "coalesce(d.channel, '')",
            Dimension.GEOGRAPHY, "coalesce(d.geography, '')",
            Dimension.CURRENCY, "d.currency");

    /** Everything but months, of which each is a period of its own. */
    static final Set<Dimension> DIMENSIONS = EnumSet.copyOf(KEYS.keySet());

    private static final Set<Dimension> PLACES = EnumSet.of(Dimension.PRODUCT, Dimension.CHANNEL, Dimension.GEOGRAPHY);

    /** What a line or its contract says beside the product. */
    private static final Set<Dimension> SAID = EnumSet.of(Dimension.PROGRAM, Dimension.CHANNEL, Dimension.GEOGRAPHY);

    private SalesSql() {}

    /** A row for each group, currency, kind of sale and status, the groups with most rows first. */
    static String sums(SalesSpec spec, Question question) {
        return """
                select * from (
                    select s.*, dense_rank() over (order by s.weight desc, s.key) as place,
                        count(*) filter (where s.first) over () as keys
                    from (
                        select f.key, f.currency, f.label, f.status, count(*) as n, sum(f.whole) as whole, sum(f.part) as part,
                            sum(f.part * f.part) as parts_squared, sum(f.part * f.whole) as parts_wholes,
                            sum(f.whole * f.whole) as wholes_squared, sum(count(*)) over (partition by f.key) as weight,
                            row_number() over (partition by f.key) = 1 as first
                        from (
                            %s
                        ) f
                        group by f.key, f.currency, f.label, f.status
                    ) s
                ) ranked
                where place <= %d
                order by place, currency, label, status""".formatted(placed(spec, question).indent(16).strip(), MOST_GROUPS);
    }

    /** Amounts at the company's rates, where it has some. */
    private static String placed(SalesSpec spec, Question question) {
        Dimension by = question.by();
        boolean looked = spec.source().customers() && by != null && PLACES.contains(by);
        String key = key(by);
        String own = looked ? key.replace("d.", "place.") : key;
        return """
                select d.account_id, d.thing, d.day, d.status, d.outcome, d.label,
                    case when r.currency is null then d.currency else own.currency end as currency,
                    d.whole / coalesce(r.units, 1) as whole, d.part / coalesce(r.units, 1) as part, a.name, %s as key
                from (
                    %s
                ) d
                join accounts.account a on a.id = d.account_id%s%s
                left join contracts.exchange_rate own on own.own
                left join contracts.exchange_rate r on r.currency = d.currency and own.currency is not null
                where true%s%s""".formatted(
                own,
                spec.source().sql(by != null && SAID.contains(by)).indent(4).strip(),
                by == Dimension.OWNER ? "\nleft join identity.team_member o on o.id = a.owner_id" : "",
                looked
                        ? "\nleft join growth.mainstays(" + spec.source().placedOn()
                                + ") place on place.account_id = d.account_id"
                        : "",
                question.owner() == null ? "" : " and a.owner_id = :owner",
                by == null || question.group() == null ? "" : " and " + own + " = :group");
    }

    private static String key(@Nullable Dimension by) {
        if (by == null) {
            return "''";
        }
        return by == Dimension.MONTH ? "to_char(d.day, 'YYYY-MM')" : Objects.requireNonNull(KEYS.get(by));
    }

    /** The rows behind a figure, the largest first. */
    static String rows(SalesSpec spec, Question question, Part part) {
        String condition = switch (part) {
            case BASE -> spec.base();
            case COUNTED -> "f.status = 'hit'";
            case NOT_COUNTED -> spec.base() + " and f.status <> 'hit'";
            case EXCLUDED -> "not (" + spec.base() + ")";
        };
        return """
                select f.account_id, f.name, f.thing, f.day, f.status, f.outcome, f.label, f.currency, f.whole, f.part,
                    count(*) over () as all_rows
                from (
                    %s
                ) f
                where %s
                order by greatest(f.whole, abs(f.part)) desc, f.day, f.name, f.thing
                limit :limit offset :offset""".formatted(placed(spec, question).indent(4).strip(), condition);
    }

    static StatementSpec statement(JdbcClient database, String sql, SalesSpec spec, Question question) {
        LocalDate today = LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC);
        LocalDate until = earlier(question.until(), today.plusDays(1));
        LocalDate from = earlier(question.from(), until);
        return database.sql(sql)
                .param("from", from)
                .param("until", until)
                .param("before", from.minusDays(Math.max(1, ChronoUnit.DAYS.between(from, question.until()))))
                .param("today", today)
                .param("around", spec.around())
                .param("owner", question.owner())
                .param("group", question.group());
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
