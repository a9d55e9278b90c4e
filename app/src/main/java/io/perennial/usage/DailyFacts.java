package io.perennial.usage;

import io.perennial.platform.records.RowOutcome.Result;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code usage.daily}. */
@Component
class DailyFacts {

    /** One writer at a time, so that a rollup never misses a fact of a neighbour that has not committed yet. */
    private static final long WRITER_LOCK = 0x7573616765L;

    private final JdbcClient database;

    DailyFacts(JdbcClient database) {
        this.database = database;
    }

    void lock() {
        database.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", WRITER_LOCK)
                .query(row -> {});
        planForTheseDays();
    }

    /** @return false when another transaction holds the lock */
    boolean tryLock() {
        boolean locked = database.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", WRITER_LOCK)
                .query(Boolean.class)
                .single();
        planForTheseDays();
        return locked;
    }

    /**
     * For the rest of the transaction every statement is planned for its own days. A plan for any days may have been made while
     * a month was empty, and would go on to read all of that month for each fact when it is not empty any more.
     */
    private void planForTheseDays() {
        database.sql("set local plan_cache_mode = force_custom_plan").update();
    }

    /** Needs {@link #lock()}. What a fact does not state keeps its value; equal facts are not written. */
    Map<Integer, Result> upsert(
            List<Fact> facts, Map<String, Integer> features, Map<Catalogue.ProductUser, Long> users) {
        Map<Integer, Result> results = new HashMap<>();
        database.sql(UPSERT)
                .param("positions", facts.stream().map(Fact::position).toArray(Integer[]::new))
                .param("days", strings(facts, Fact::day))
                .param("accounts", strings(facts, Fact::account))
                .param("users", facts.stream().map(fact -> user(fact, users)).toArray(Long[]::new))
                .param(
                        "features",
                        facts.stream()
                                .map(fact -> Objects.requireNonNull(features.get(fact.feature())))
                                .toArray(Integer[]::new))
                .param("refs", strings(facts, Fact::sourceRef))
                .param("events", facts.stream().map(Fact::events).toArray(Long[]::new))
                .param("seconds", facts.stream().map(Fact::seconds).toArray(Long[]::new))
                .param("errors", facts.stream().map(Fact::errors).toArray(Long[]::new))
                .param("distinct", facts.stream().map(Fact::users).toArray(Integer[]::new))
                .param("values", facts.stream().map(DailyFacts::plain).toArray(String[]::new))
                .param("attributes", facts.stream().map(Fact::attributes).toArray(String[]::new))
                .param("given", facts.stream().map(Fact::given).toArray(Integer[]::new))
                .param(
                        "from",
                        facts.stream().map(Fact::day).min(LocalDate::compareTo).orElseThrow())
                .param(
                        "to",
                        facts.stream().map(Fact::day).max(LocalDate::compareTo).orElseThrow())
                .query(row -> {
                    results.put(
                            row.getInt("position"),
                            !row.getBoolean("known")
                                    ? Result.CREATED
                                    : row.getBoolean("differs") ? Result.UPDATED : Result.UNCHANGED);
                });
        return results;
    }

    private static Long user(Fact fact, Map<Catalogue.ProductUser, Long> users) {
        return fact.user().isEmpty()
                ? 0L
                : Objects.requireNonNull(users.get(new Catalogue.ProductUser(fact.account(), fact.user())));
    }

    private static String[] strings(List<Fact> facts, Function<Fact, Object> part) {
        return facts.stream().map(fact -> part.apply(fact).toString()).toArray(String[]::new);
    }

    @org.jspecify.annotations.Nullable
    private static String plain(Fact fact) {
        BigDecimal value = fact.value();
        return value == null ? null : value.toPlainString();
    }

    private static final String UPSERT = """
            with arrived as (
                select * from unnest(
                    cast(:positions as int[]), cast(:days as date[]), cast(:accounts as uuid[]),
                    cast(:users as bigint[]), cast(:features as int[]), cast(:refs as text[]),
                    cast(:events as bigint[]), cast(:seconds as bigint[]), cast(:errors as bigint[]),
                    cast(:distinct as int[]), cast(:values as numeric[]), cast(cast(:attributes as text[]) as jsonb[]),
                    cast(:given as int[]))
                    as a (position, day, account_id, user_id, feature_id, source_ref,
                          events, seconds, errors, users, value, attributes, given)
            ), merged as (
                select a.position, a.day, a.account_id, a.user_id, a.feature_id, a.source_ref,
                    d.account_id is not null as known,
                    coalesce(case when a.given & 1 > 0 then a.events else d.events end, 0) as events,
                    coalesce(case when a.given & 2 > 0 then a.seconds else d.seconds end, 0) as seconds,
                    coalesce(case when a.given & 4 > 0 then a.errors else d.errors end, 0) as errors,
                    case when a.given & 8 > 0 then a.users else d.users end as users,
                    case when a.given & 16 > 0 then a.value else d.value end as value,
                    case when a.attributes is null then d.attributes
                        else nullif(jsonb_strip_nulls(coalesce(d.attributes, '{}') || a.attributes), '{}')
                    end as attributes,
                    d.events as old_events, d.seconds as old_seconds, d.errors as old_errors, d.users as old_users,
                    d.value as old_value, d.attributes as old_attributes
                from arrived a
                left join usage.daily d
                    on d.account_id = a.account_id and d.day = a.day and d.feature_id = a.feature_id
                    and d.user_id = a.user_id and d.source_ref = a.source_ref
                    and d.day between cast(:from as date) and cast(:to as date)
            ), judged as (
                select *, (events, seconds, errors, users, value, attributes)
                    is distinct from (old_events, old_seconds, old_errors, old_users, old_value, old_attributes)
                    as differs
                from merged
            ), written as (
                insert into usage.daily as d
                    (day, account_id, user_id, feature_id, source_ref, events, seconds, errors, users, value,
                     attributes)
                select day, account_id, user_id, feature_id, source_ref, events, seconds, errors, users, value,
                    attributes
                from judged where differs or not known
                order by account_id, day, feature_id
                on conflict (account_id, day, feature_id, user_id, source_ref) do update
                set events = excluded.events, seconds = excluded.seconds, errors = excluded.errors,
                    users = excluded.users, value = excluded.value, attributes = excluded.attributes
            )
            select position, known, differs from judged
            """;
}
