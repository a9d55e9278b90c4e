package io.perennial.metrics.service;

import io.perennial.metrics.Question;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code metrics.day_figure} and what is to be counted from the cases instead. */
@Repository
class DayFigures {

    private final JdbcClient database;

    DayFigures(JdbcClient database) {
        this.database = database;
    }

    /**
     * What one figure counts on one day.
     *
     * @param base cases or clocks of that day, counted or not
     * @param spread its values, eight bytes each; null without any
     */
    record Day(LocalDate day, long base, long n, long hits, long[] leftOut, byte @Nullable [] spread) {}

    /** From one moment to another. */
    record Span(Instant from, Instant until) {

        static Span of(LocalDate day) {
            return new Span(start(day), start(day.plusDays(1)));
        }

        static Instant start(LocalDate day) {
            return day.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    /** Days that are kept, the last one excluded. */
    record Range(LocalDate from, LocalDate until) {}

    /** Null before anything is kept. */
    @Nullable
    Range range(Base base) {
        return database.sql("select starts_on, ends_on from metrics.day_span where base = :base and specs = :specs")
                .param("base", base.name())
                .param("specs", DailySpecs.print(base))
                .query((row, number) -> new Range(row.getObject(1, LocalDate.class), row.getObject(2, LocalDate.class)))
                .optional()
                .orElse(null);
    }

    /** The most values that one figure has on these days together. */
    long values(List<Spec> specs, Range range) {
        return database.sql("""
                select coalesce(max(n), 0) from (
                    select sum(n) as n from metrics.day_figure where spec = any(:specs) and day >= :from and day < :until
                    group by spec) s
                """)
                .param("specs", DailySpecs.names(specs).toArray(String[]::new))
                .param("from", range.from())
                .param("until", range.until())
                .query(Long.class)
                .single();
    }

    /** @param into takes each day with the place of its figure among the specs */
    void read(List<Spec> specs, Range range, Collection<LocalDate> without, ObjIntConsumer<Day> into) {
        List<String> names = DailySpecs.names(specs);
        database.sql("""
                select spec, day, base, n, hits, left_out, spread from metrics.day_figure
                where spec = any(:specs) and day >= :from and day < :until and day <> all(cast(:without as date[]))
                """)
                .param("specs", names.toArray(String[]::new))
                .param("from", range.from())
                .param("until", range.until())
                .param("without", texts(without))
                .query(row -> {
                    into.accept(
                            new Day(
                                    row.getObject("day", LocalDate.class),
                                    row.getLong("base"),
                                    row.getLong("n"),
                                    row.getLong("hits"),
                                    longs((Long[]) row.getArray("left_out").getArray()),
                                    row.getBytes("spread")),
                            names.indexOf(row.getString("spec")));
                });
    }

    /** The same from the cases themselves. */
    void count(List<Spec> specs, List<Span> spans, Question question, ObjIntConsumer<Day> into) {
        database.sql(CaseSql.daily(specs))
                .param("starts", times(spans, true))
                .param("ends", times(spans, false))
                .param("now", Timestamp.from(question.asOf()))
                .query(row -> {
                    for (int i = 0; i < specs.size(); i++) {
                        into.accept(day(specs.get(i), i, row), i);
                    }
                });
    }

    private static Day day(Spec spec, int i, ResultSet row) throws SQLException {
        long[] leftOut = new long[spec.leftOut().size()];
        for (int x = 0; x < leftOut.length; x++) {
            leftOut[x] = row.getLong("left" + i + "_" + x);
        }
        return new Day(
                row.getObject("day", LocalDate.class),
                row.getLong("base"),
                row.getLong("n" + i),
                spec.hit() == null ? 0 : row.getLong("hits" + i),
                leftOut,
                spec.value() == null ? null : row.getBytes("v" + i));
    }

    /** The first day of which there is anything; null without any. */
    @Nullable
    LocalDate first(Base base) {
        return database.sql("select metrics.utc_day(min(" + base.moment() + ")) from " + base.alone())
                .query((row, number) -> row.getObject(1, LocalDate.class))
                .optional()
                .orElse(null);
    }

    /** The last day before this one of which there is anything; null without any. */
    @Nullable
    LocalDate last(Base base, LocalDate before) {
        return database.sql("select metrics.utc_day(max(" + base.moment() + ")) from " + base.alone() + " where "
                        + base.moment() + " < cast(:before as timestamptz)")
                .param("before", Span.start(before).toString())
                .query((row, number) -> row.getObject(1, LocalDate.class))
                .optional()
                .orElse(null);
    }

    /** Kept days of which something changed, the latest first. */
    List<LocalDate> changed(Base base, Range range, int most) {
        return database.sql("""
                select distinct day from metrics.day_changed where base = :base and day >= :from and day < :until
                order by day desc limit :most
                """)
                .param("base", base.name())
                .param("from", range.from())
                .param("until", range.until())
                .param("most", most)
                .query((row, number) -> row.getObject(1, LocalDate.class))
                .list();
    }

    /** Counts these days again. In one transaction: what changes while it counts is another change. */
    void keep(Base base, List<LocalDate> days) {
        String[] all = texts(days);
        List<Spec> specs = DailySpecs.of(base);
        database.sql("delete from metrics.day_changed where base = :base and day = any(cast(:days as date[]))")
                .param("base", base.name())
                .param("days", all)
                .update();
        database.sql("delete from metrics.day_figure where spec = any(:specs) and day = any(cast(:days as date[]))")
                .param("specs", DailySpecs.names(specs).toArray(String[]::new))
                .param("days", all)
                .update();
        List<Span> spans = days.stream().map(Span::of).toList();
        database.sql(CaseSql.keep(specs))
                .param("starts", times(spans, true))
                .param("ends", times(spans, false))
                .param("now", DailySpecs.IN_THE_END.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** All days of the range are kept from now on. */
    void keepRange(Base base, Range range) {
        database.sql("""
                insert into metrics.day_span (base, starts_on, ends_on, specs) values (:base, :from, :until, :specs)
                on conflict (base) do update set starts_on = excluded.starts_on, ends_on = excluded.ends_on,
                    specs = excluded.specs
                """)
                .param("base", base.name())
                .param("from", range.from())
                .param("until", range.until())
                .param("specs", DailySpecs.print(base))
                .update();
    }

    /** Changes of days that are not kept need not be remembered. */
    void tidy(Base base, Range range) {
        database.sql("delete from metrics.day_changed where base = :base and (day < :from or day >= :until)")
                .param("base", base.name())
                .param("from", range.from())
                .param("until", range.until())
                .update();
    }

    /** What was counted by other definitions. */
    void forgetOthers(Base base) {
        database.sql("""
                delete from metrics.day_figure where spec not in (select unnest(cast(:names as text[])))
                """)
                .param(
                        "names",
                        DailySpecs.bases().stream()
                                .flatMap(each -> DailySpecs.names(DailySpecs.of(each)).stream())
                                .toArray(String[]::new))
                .update();
        database.sql("delete from metrics.day_figure where spec = any(:names)")
                .param("names", DailySpecs.names(DailySpecs.of(base)).toArray(String[]::new))
                .update();
    }

    private static String[] texts(Collection<LocalDate> days) {
        return days.stream().map(LocalDate::toString).toArray(String[]::new);
    }

    private static String[] times(List<Span> spans, boolean starts) {
        List<String> times = new ArrayList<>();
        spans.forEach(span -> times.add((starts ? span.from() : span.until()).toString()));
        return times.toArray(String[]::new);
    }

    private static long[] longs(Long[] values) {
        return Arrays.stream(values).mapToLong(Long::longValue).toArray();
    }
}
