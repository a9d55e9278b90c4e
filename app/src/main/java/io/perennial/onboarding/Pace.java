package io.perennial.onboarding;

import io.perennial.identity.Viewer;
import io.perennial.shared.Wait;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How long onboardings take: what is usual, against which those that run are held, and how soon customers get first value. */
@Component
public class Pace {

    /** Past ones below which the expected durations of the template count. */
    public static final int ENOUGH = 10;

    /** Past ones that count, by the day on which they were over. */
    public static final int YEARS = 2;

    private final JdbcClient database;
    private final Clock clock;

    Pace(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param n past ones @param median half took at most so many days @param p80 four of five did */
    public record Usual(String milestone, int n, int median, int p80) {

        public boolean isEnough() {
            return n >= ENOUGH;
        }
    }

    /**
     * A kind of onboarding.
     *
     * @param started in the last two years @param open of them run
     * @param due windows that are over @param inTime of those, finished within the time that the template expects
     */
    public record Kind(
            String name,
            int started,
            int open,
            int finished,
            int stopped,
            int due,
            int inTime,
            @Nullable Integer expected,
            FirstValue firstValue,
            List<Usual> usual) {

        /** Of the customers whose window is over, those that had completed everything in time, in percent; null without any. */
        public @Nullable Double completion() {
            return due == 0 ? null : 100.0 * inTime / due;
        }
    }

    /** Measures what is usual anew; changes nothing when nothing has changed. */
    @Transactional
    public void renew() {
        LocalDate today = today();
        database.sql("""
                with past as (
                    select lower(o.template) as template, lower(m.name) as milestone, m.reached_on - m.opened_on as days
                    from onboarding.onboarding o join onboarding.milestone m on m.onboarding_id = o.id
                    where o.template is not null and o.finished_on between :since and :today
                      and m.reached_on is not null and m.opened_on is not null and m.reached_on >= m.opened_on
                    union all
                    select lower(o.template), '', o.finished_on - o.started_on
                    from onboarding.onboarding o
                    where o.template is not null and o.finished_on between :since and :today and o.finished_on >= o.started_on),
                fresh as (
                    select template, milestone, count(*)::int as n,
                        ceil(percentile_cont(0.5) within group (order by days))::int as median,
                        ceil(percentile_cont(0.8) within group (order by days))::int as p80
                    from past group by template, milestone),
                gone as (
                    delete from onboarding.pace p where not exists (
                        select from fresh f where f.template = p.template and f.milestone = p.milestone))
                insert into onboarding.pace as p (template, milestone, n, median, p80)
                select template, milestone, n, median, p80 from fresh
                on conflict (template, milestone) do update set n = excluded.n, median = excluded.median, p80 = excluded.p80
                where (p.n, p.median, p.p80) is distinct from (excluded.n, excluded.median, excluded.p80)
                """)
                .param("since", today.minusYears(YEARS))
                .param("today", today)
                .update();
    }

    /** Of one kind, the whole first. */
    @Transactional(readOnly = true)
    public List<Usual> usual(String template) {
        return database.sql(
                        "select * from onboarding.pace where template = lower(:template) order by milestone limit 200")
                .param("template", template)
                .query((row, number) ->
                        new Usual(row.getString("milestone"), row.getInt("n"), row.getInt("median"), row.getInt("p80")))
                .list();
    }

    /** The kinds that were started in the last two years, most first; of the viewer's portfolio. */
    @Transactional(readOnly = true)
    public List<Kind> kinds(Viewer viewer, List<Templates.Template> templates) {
        LocalDate today = today();
        record Row(
                String name,
                LocalDate startedOn,
                @Nullable LocalDate firstValueOn,
                @Nullable LocalDate finishedOn,
                @Nullable LocalDate stoppedOn) {}
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        database.sql("""
                select coalesce(o.template, 'Without a template') as name, o.started_on, o.first_value_on, o.finished_on,
                    o.stopped_on
                from onboarding.onboarding o join accounts.account a on a.id = o.account_id
                where o.started_on between :since and :today and (:everything or a.owner_id = :member)
                order by lower(o.template), o.started_on limit 200000
                """)
                .param("since", today.minusYears(YEARS))
                .param("today", today)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(row -> {
                    Row one = new Row(
                            row.getString("name"),
                            row.getObject("started_on", LocalDate.class),
                            row.getObject("first_value_on", LocalDate.class),
                            row.getObject("finished_on", LocalDate.class),
                            row.getObject("stopped_on", LocalDate.class));
                    rows.computeIfAbsent(Course.key(one.name()), none -> new ArrayList<>())
                            .add(one);
                });
        List<Kind> kinds = new ArrayList<>();
        rows.forEach((key, all) -> {
            Integer expected = templates.stream()
                    .filter(one -> Course.key(one.name()).equals(key))
                    .findFirst()
                    .map(one -> one.plan().expected())
                    .orElse(null);
            List<Row> over = expected == null
                    ? List.of()
                    : all.stream()
                            .filter(one -> one.startedOn().plusDays(expected).isBefore(today))
                            .toList();
            kinds.add(new Kind(
                    all.getFirst().name(),
                    all.size(),
                    (int) all.stream()
                            .filter(one -> one.finishedOn() == null && one.stoppedOn() == null)
                            .count(),
                    (int) all.stream().filter(one -> one.finishedOn() != null).count(),
                    (int) all.stream().filter(one -> one.stoppedOn() != null).count(),
                    over.size(),
                    (int) over.stream()
                            .filter(one -> one.finishedOn() != null
                                    && !one.finishedOn()
                                            .isAfter(one.startedOn().plusDays(Objects.requireNonNull(expected))))
                            .count(),
                    expected,
                    FirstValue.of(all.stream()
                            .map(one ->
                                    wait(one.startedOn(), one.firstValueOn(), one.finishedOn(), one.stoppedOn(), today))
                            .toList()),
                    usual(key)));
        });
        kinds.sort(java.util.Comparator.comparingInt(Kind::started).reversed());
        return kinds;
    }

    /** Who stopped, or finished without a first value that anybody knows of, is seen until then. */
    private static Wait wait(
            LocalDate startedOn,
            @Nullable LocalDate valueOn,
            @Nullable LocalDate finishedOn,
            @Nullable LocalDate stoppedOn,
            LocalDate today) {
        LocalDate until =
                valueOn != null ? valueOn : finishedOn != null ? finishedOn : stoppedOn != null ? stoppedOn : today;
        long days = Math.max(0, java.time.temporal.ChronoUnit.DAYS.between(startedOn, until));
        return new Wait(Math.min(days, 100_000), valueOn != null);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
