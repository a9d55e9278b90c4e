package io.perennial.training;

import io.perennial.identity.Viewer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What became of the use of what a course teaches: days of use in the four weeks after against the four weeks before, of people who
 * completed it and of their colleagues who did not. Not proof of a cause: who wants to use more may also want to learn more.
 */
@Component
public class Effect {

    /** Days before and after. */
    public static final int DAYS = 28;

    /** Of either group, below which no interval is told. */
    public static final int ENOUGH = 5;

    private static final int MOST = 500;
    private static final double Z = 1.959963984540054;

    private final JdbcClient database;
    private final Clock clock;

    Effect(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One group.
     *
     * @param before mean days of use in the four weeks before @param after in those after
     * @param usedBefore share of people who used it at all before @param variance of the difference of each person
     */
    public record Group(int n, double before, double after, double usedBefore, double usedAfter, double variance) {

        public double change() {
            return after - before;
        }
    }

    /**
     * @param why nothing can be said, or null
     * @param more days of use that completers gained beyond their colleagues @param low lower end of the 95 % interval (Welch, normal)
     */
    public record Result(
            @Nullable String why,
            @Nullable Group completers,
            @Nullable Group colleagues,
            @Nullable Double more,
            @Nullable Double low,
            @Nullable Double high) {

        static Result none(String why) {
            return new Result(why, null, null, null, null, null);
        }
    }

    /** Of completions of the last year whose four weeks afterwards are over, the latest 500. */
    @Transactional(readOnly = true)
    public Result of(Course course, Viewer viewer) {
        String feature = course.feature();
        if (feature == null || feature.isBlank()) {
            return Result.none("Say which feature the course teaches, and its effect on use shows here.");
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<Boolean, Group> groups = new HashMap<>();
        database.sql("""
                with feature as materialized (
                    select array_agg(id) as ids from usage.feature
                    where lower(name) = lower(:feature) or lower(shown_as) = lower(:feature)),
                done as materialized (
                    select c.account_id, c.contact_id, min(c.completed_on) as day from training.completion c
                    join accounts.account a on a.id = c.account_id and (:everything or a.owner_id = :member)
                    where c.course_id = :course and c.completed_on between cast(:today as date) - 365 and cast(:today as date) - :days - 1
                    group by c.account_id, c.contact_id order by min(c.completed_on) desc, c.contact_id limit :most),
                trained as materialized (
                    select distinct on (u.id) d.account_id, u.id as user_id, d.day, true as completed
                    from done d join accounts.contact p on p.id = d.contact_id
                    join usage.product_user u on u.account_id = d.account_id and u.first_seen_on <= d.day - :days
                      and (u.external_id = p.external_id or lower(u.external_id) = lower(p.email))
                    order by u.id, d.day),
                people as materialized (
                    select * from trained
                    union all
                    select f.account_id, u.id, f.day, false
                    from (select account_id, min(day) as day from trained group by account_id) f
                    join usage.product_user u on u.account_id = f.account_id and u.first_seen_on <= f.day - :days
                    where not exists (select from trained t where t.user_id = u.id)
                      and not exists (
                        select from training.completion c join accounts.contact p on p.id = c.contact_id
                        where c.course_id = :course and c.account_id = f.account_id
                          and (u.external_id = p.external_id or lower(u.external_id) = lower(p.email)))),
                used as materialized (
                    select p.account_id, p.user_id, p.completed,
                        count(distinct d.day) filter (where d.day < p.day) as before,
                        count(distinct d.day) filter (where d.day > p.day) as after
                    from people p
                    left join usage.daily d on d.account_id = p.account_id and d.user_id = p.user_id
                      and d.day between p.day - :days and p.day + :days and d.day <> p.day
                      and d.feature_id = any((select ids from feature)::int[])
                    group by p.account_id, p.user_id, p.completed)
                select completed, count(*) as n, avg(before) as before, avg(after) as after,
                    avg((before > 0)::int) as used_before, avg((after > 0)::int) as used_after,
                    coalesce(var_samp(after - before), 0) as variance
                from used where (select ids from feature) is not null group by completed
                """)
                .param("feature", feature)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("course", course.id())
                .param("today", today)
                .param("days", DAYS)
                .param("most", MOST)
                .query(row -> {
                    groups.put(
                            row.getBoolean("completed"),
                            new Group(
                                    row.getInt("n"),
                                    row.getDouble("before"),
                                    row.getDouble("after"),
                                    row.getDouble("used_before"),
                                    row.getDouble("used_after"),
                                    row.getDouble("variance")));
                });
        return compare(groups.get(true), groups.get(false));
    }

    static Result compare(@Nullable Group completers, @Nullable Group colleagues) {
        if (completers == null) {
            return Result.none(
                    "Nobody completed it more than four weeks ago, within a year, who is known by login or address and had used the product for four weeks before.");
        }
        if (colleagues == null) {
            return new Result("Nobody else at those customers uses the product.", completers, null, null, null, null);
        }
        double more = completers.change() - colleagues.change();
        if (completers.n() < ENOUGH || colleagues.n() < ENOUGH) {
            return new Result(
                    "Fewer than " + ENOUGH + " people on one side: too few for an interval.",
                    completers,
                    colleagues,
                    more,
                    null,
                    null);
        }
        double reach = Z * Math.sqrt(completers.variance() / completers.n() + colleagues.variance() / colleagues.n());
        return new Result(null, completers, colleagues, more, more - reach, more + reach);
    }
}
