package io.perennial.onboarding;

import io.perennial.onboarding.Course.Fact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What other parts of the product know of what milestones wait for: one statement for each kind of fact, for any number of them. */
@Repository
class Facts {

    private final JdbcClient database;

    Facts(JdbcClient database) {
        this.database = database;
    }

    /** By milestone; what is not there is not true yet and has not begun. */
    record Found(Map<UUID, Fact> begins, Map<UUID, Fact> done) {}

    Found of(Collection<UUID> onboardings, LocalDate today) {
        Found found = new Found(new HashMap<>(), new HashMap<>());
        UUID[] ids = onboardings.toArray(UUID[]::new);
        for (String kind : kinds(ids)) {
            String statement = BY_KIND.get(kind);
            if (statement != null) {
                database.sql(statement).param("ids", ids).param("today", today).query(row -> {
                    Map<UUID, Fact> into = row.getString("role").equals("begin") ? found.begins() : found.done();
                    into.put(row.getObject("milestone_id", UUID.class), fact(row));
                });
            }
        }
        return found;
    }

    private java.util.List<String> kinds(UUID[] ids) {
        return database.sql("select distinct kind from onboarding.asked where onboarding_id = any(:ids)")
                .param("ids", ids)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static Fact fact(ResultSet row) throws SQLException {
        return new Fact(
                day(row, "on_day"),
                row.getInt("have"),
                day(row, "first_day"),
                day(row, "last_day"),
                row.getString("said"));
    }

    private static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    /** First use at the account since the start, whoever used it; a feature goes by any of its names. */
    private static final String FEATURE = """
            select c.milestone_id, c.role, u.day as on_day, (u.day is not null)::int as have, u.day as first_day,
                u.day as last_day, 'first used on ' || to_char(u.day, 'FMDD Mon YYYY') as said
            from onboarding.asked c
            join lateral (
                select min(d.day) as day from usage.account_day d
                where d.account_id = c.account_id and d.day between c.since and :today and d.features && array(
                    select f.id from usage.feature f
                    where lower(f.name) = lower(c.subject) or lower(f.shown_as) = lower(c.subject))) u on u.day is not null
            where c.onboarding_id = any(:ids) and c.kind = 'feature'
            """;

    /** The day on which the last of so many people was first seen since the start; where logins are not told apart, the day with so many. */
    private static final String LOGINS = """
            select c.milestone_id, c.role,
                least(u.days[c.need], (
                    select min(d.day) from usage.account_day d
                    where d.account_id = c.account_id and d.day between c.since and :today and d.active_users >= c.need)) as on_day,
                coalesce(cardinality(u.days), 0) as have, u.days[1] as first_day, u.days[cardinality(u.days)] as last_day,
                coalesce(cardinality(u.days), 0) || ' of ' || c.need || ' people logged in' as said
            from onboarding.asked c
            join lateral (
                select array_agg(s.day order by s.day) as days from (
                    select min(d.day) as day from usage.daily d
                    where d.account_id = c.account_id and d.day between c.since and :today and d.user_id <> 0
                    group by d.user_id) s) u on true
            where c.onboarding_id = any(:ids) and c.kind = 'logins'
            """;

    private static final String ACCESS = """
            select c.milestone_id, c.role, u.days[c.need] as on_day, cardinality(u.days) as have, u.days[1] as first_day,
                u.days[cardinality(u.days)] as last_day,
                cardinality(u.days) || ' of ' || c.need || ' verified access' as said
            from onboarding.asked c
            join lateral (
                select array_agg(a.verified_on order by a.verified_on) as days from onboarding.access a
                where a.onboarding_id = c.onboarding_id and a.verified_on is not null) u on u.days is not null
            where c.onboarding_id = any(:ids) and c.kind = 'access'
            """;

    private static final String TRAINING = """
            select c.milestone_id, c.role, u.days[c.need] as on_day, cardinality(u.days) as have, u.days[1] as first_day,
                u.days[cardinality(u.days)] as last_day,
                cardinality(u.days) || ' of ' || c.need || ' completed ' || c.subject as said
            from onboarding.asked c
            join lateral (
                select array_agg(s.day order by s.day) as days from (
                    select min(t.completed_on) as day from training.completion t
                    join training.course k on k.id = t.course_id
                    where t.account_id = c.account_id and t.completed_on <= :today
                      and (lower(k.name) = lower(c.subject) or lower(k.external_id) = lower(c.subject))
                    group by t.contact_id) s) u on u.days is not null
            where c.onboarding_id = any(:ids) and c.kind = 'training'
            """;

    private static final String TOLD = """
            select c.milestone_id, c.role, c.told_on as on_day, 1 as have, c.told_on as first_day, c.told_on as last_day,
                'told on ' || to_char(c.told_on, 'FMDD Mon YYYY') as said
            from onboarding.asked c
            where c.onboarding_id = any(:ids) and c.kind = 'told' and c.told_on is not null
            """;

    private static final String HAND_OFF = """
            select c.milestone_id, c.role, d.day as on_day, 1 as have, d.day as first_day, d.day as last_day,
                'handed over by ' || h.completed_by as said
            from onboarding.asked c
            join programs.hand_off h on h.account_id = c.account_id and h.completed_at is not null
            cross join lateral (select (h.completed_at at time zone 'UTC')::date as day) d
            where c.onboarding_id = any(:ids) and c.kind = 'hand_off'
            """;

    private static final String RESOURCES = """
            select c.milestone_id, c.role, case when u.done = u.total then u.latest end as on_day, u.done::int as have,
                u.earliest as first_day, u.latest as last_day, u.done || ' of ' || u.total || ' set up' as said
            from onboarding.asked c
            join lateral (
                select count(*) as total, count(r.done_on) as done, min(r.done_on) as earliest, max(r.done_on) as latest
                from onboarding.resource r where r.onboarding_id = c.onboarding_id) u on u.done > 0
            where c.onboarding_id = any(:ids) and c.kind = 'resources'
            """;

    private static final Map<String, String> BY_KIND = Map.of(
            Condition.Kind.FEATURE.key(), FEATURE,
            Condition.Kind.LOGINS.key(), LOGINS,
            Condition.Kind.ACCESS.key(), ACCESS,
            Condition.Kind.TRAINING.key(), TRAINING,
            Condition.Kind.TOLD.key(), TOLD,
            Condition.Kind.HAND_OFF.key(), HAND_OFF,
            Condition.Kind.RESOURCES.key(), RESOURCES);
}
