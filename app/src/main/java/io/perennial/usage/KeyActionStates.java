package io.perennial.usage;

import io.perennial.usage.Durations.Observed;
import io.perennial.usage.KeyActionRuns.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** After all runs of a key action are renewed: what is usual in each segment, and how each run stands to it. */
@Component
class KeyActionStates {

    static final String EVERYBODY = "";

    /** Of the forecast for those who are still at it. */
    static final long AHEAD = 14 * 86_400L;

    /** While few have come back from a break, who has been away for so many days has left. */
    static final int AWAY_UNLEARNED = 28;

    /** A weekend or a short illness is no leaving, however regular people usually are. */
    static final int AWAY_AT_LEAST = 7;

    static final int RETURNS_ENOUGH = 30;
    private static final double RETURNED = 0.9;

    /** Times are told apart by the second up to an hour, by the minute up to a week, by the hour beyond. */
    private static final String ROUNDED = """
            case when seconds <= 3600 then seconds when seconds <= 604800 then (seconds + 59) / 60 * 60
                else (seconds + 3599) / 3600 * 3600 end""";

    private static final long FORECAST_STEP = 3_600;

    private final JdbcClient database;

    KeyActionStates(JdbcClient database) {
        this.database = database;
    }

    void judge(Action action) {
        int away = away(action);
        database.sql("delete from usage.key_action_usual where action_id = :action")
                .param("action", action.id())
                .update();
        database.sql("update usage.key_action set away_days = :away where id = :action")
                .param("away", away)
                .param("action", action.id())
                .update();
        List<Observed> all = observed(action, null);
        Durations everybody = Durations.of(all);
        LogNormal common = everybody.finished() >= LogNormal.LEAST ? LogNormal.fit(all, null) : null;
        store(action, EVERYBODY, all, everybody, everybody.enough() ? everybody : common);
        for (String segment : segments(action)) {
            Curve curve = everybody.enough() ? everybody : common;
            if (!segment.equals(EVERYBODY)) {
                List<Observed> own = observed(action, segment);
                Durations durations = Durations.of(own);
                curve = durations.enough() ? durations : common == null ? null : LogNormal.fit(own, common);
                store(action, segment, own, durations, curve);
            }
            decide(action, segment, curve, away);
            forecast(action, segment, curve);
        }
    }

    private List<String> segments(Action action) {
        return database.sql("select distinct segment from usage.key_action_run where action_id = :action order by 1")
                .param("action", action.id())
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
    }

    /** How long nine of ten were away at most of those who came back. */
    private int away(Action action) {
        Map<Integer, Long> returns = new TreeMap<>();
        database.sql("select days, returns from usage.key_action_return where action_id = :action")
                .param("action", action.id())
                .query(row -> {
                    returns.put(row.getInt("days"), row.getLong("returns"));
                });
        return away(returns);
    }

    static int away(Map<Integer, Long> returnsByDays) {
        long all = returnsByDays.values().stream().mapToLong(Long::longValue).sum();
        if (all < RETURNS_ENOUGH) {
            return AWAY_UNLEARNED;
        }
        long sum = 0;
        for (Map.Entry<Integer, Long> days : new TreeMap<>(returnsByDays).entrySet()) {
            sum += days.getValue();
            if (sum >= RETURNED * all) {
                return Math.max(AWAY_AT_LEAST, days.getKey());
            }
        }
        throw new IllegalStateException("unreachable: the last day has all returns");
    }

    private List<Observed> observed(Action action, @Nullable String segment) {
        return database.sql("""
                select %s as took, finished_on is not null as finished, count(*) as runs
                from usage.key_action_run where action_id = :action %s
                group by 1, 2 order by 1, 2
                """.formatted(ROUNDED, segment == null ? "" : "and segment = :segment"))
                .param("action", action.id())
                .param("segment", segment)
                .query((row, number) ->
                        new Observed(row.getLong("took"), row.getBoolean("finished"), row.getInt("runs")))
                .list();
    }

    private void store(Action action, String segment, List<Observed> all, Durations durations, @Nullable Curve curve) {
        database.sql("""
                insert into usage.key_action_usual (action_id, segment, runs, finished, fitted, q05, q50, q80, q95)
                values (:action, :segment, :runs, :finished, :fitted, :q05, :q50, :q80, :q95)
                """)
                .param("action", action.id())
                .param("segment", segment)
                .param("runs", all.stream().mapToInt(Observed::count).sum())
                .param("finished", durations.finished())
                .param("fitted", curve instanceof LogNormal)
                .param("q05", quantile(curve, 0.05))
                .param("q50", quantile(curve, 0.50))
                .param("q80", quantile(curve, 0.80))
                .param("q95", quantile(curve, 0.95))
                .update();
    }

    private static @Nullable Long quantile(@Nullable Curve curve, double share) {
        OptionalLong seconds = curve == null ? OptionalLong.empty() : curve.quantile(share);
        return seconds.isPresent() ? Long.valueOf(seconds.getAsLong()) : null;
    }

    /** Where too many never finish for a quantile, longer than anybody who finished is longer than usual. */
    private static @Nullable Long late(@Nullable Curve curve, double share) {
        Long usual = quantile(curve, share);
        return usual == null
                        && curve instanceof Durations durations
                        && durations.longest().isPresent()
                ? Long.valueOf(durations.longest().getAsLong())
                : usual;
    }

    /** What a person expects wins over what is learned. Steps are known by days, so the shortest is one. */
    private void decide(Action action, String segment, @Nullable Curve curve, int away) {
        Long expected = action.expected();
        Long usual = quantile(curve, 0.50);
        database.sql("""
                update usage.key_action_run
                set state = case
                    when finished_on is not null and seconds < cast(:quick as bigint) and not followed
                        and finished_on + 7 <= known_until then 'quick'
                    when finished_on is not null then 'done'
                    when known_until - coalesce(last_used_on, last_step_on) > :away then 'abandoned'
                    when seconds > cast(:stuck as bigint) then 'stuck'
                    when (known_until - last_step_on) * 86400::bigint > 3 * cast(:step as bigint) then 'stuck'
                    when seconds > cast(:slow as bigint) then 'slow'
                    else 'running' end
                where action_id = :action and segment = :segment
                """)
                .param("quick", quantile(curve, 0.05))
                .param("away", away)
                .param("stuck", expected != null ? Long.valueOf(2 * expected) : late(curve, 0.95))
                .param("step", expected != null || usual == null ? null : Long.valueOf(Math.max(usual, Times.DAY)))
                .param("slow", expected != null ? expected : late(curve, 0.80))
                .param("action", action.id())
                .param("segment", segment)
                .update();
    }

    private void forecast(Action action, String segment, @Nullable Curve curve) {
        if (curve == null) {
            return;
        }
        List<Long> hours = new ArrayList<>();
        List<Float> chances = new ArrayList<>();
        database.sql("""
                select distinct seconds / 3600 as hours from usage.key_action_run
                where action_id = :action and segment = :segment and finished_on is null order by 1
                """).param("action", action.id()).param("segment", segment).query(row -> {
            OptionalDouble chance = curve.chance(row.getLong("hours") * FORECAST_STEP, AHEAD);
            if (chance.isPresent()) {
                hours.add(row.getLong("hours"));
                chances.add((float) chance.getAsDouble());
            }
        });
        database.sql("""
                update usage.key_action_run r set chance = c.chance
                from unnest(cast(:hours as bigint[]), cast(:chances as real[])) as c (hours, chance)
                where r.action_id = :action and r.segment = :segment and r.finished_on is null
                    and r.seconds / 3600 = c.hours
                """)
                .param("hours", hours.toArray(Long[]::new))
                .param("chances", chances.toArray(Float[]::new))
                .param("action", action.id())
                .param("segment", segment)
                .update();
    }
}
