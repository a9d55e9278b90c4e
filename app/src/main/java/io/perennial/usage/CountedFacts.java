package io.perennial.usage;

import io.perennial.accounts.Changes;
import io.perennial.shared.AccountId;
import io.perennial.usage.CountedRow.UserDay;
import io.perennial.usage.counting.Count;
import io.perennial.usage.counting.CountedUse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds counts to the facts and, in the same transaction, to everything rolled up from them. A day of an account that
 * only events speak about is added to; where a file speaks as well, the day is read again as for a file.
 */
@Component
class CountedFacts implements CountedUse {

    private final JdbcClient database;
    private final Months months;
    private final DailyFacts daily;
    private final FeatureNames features;
    private final Logins logins;
    private final CountedDays days;
    private final KeyMoments moments;
    private final Changes changes;

    CountedFacts(
            JdbcClient database,
            Months months,
            DailyFacts daily,
            FeatureNames features,
            Logins logins,
            CountedDays days,
            KeyMoments moments,
            Changes changes) {
        this.database = database;
        this.months = months;
        this.daily = daily;
        this.features = features;
        this.logins = logins;
        this.days = days;
        this.moments = moments;
        this.changes = changes;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(Collection<Count> counts, Instant now) {
        if (counts.isEmpty()) {
            return;
        }
        List<CountedRow> rows = rows(counts, now);
        addFacts(rows);
        days.add(rows, addUserDays(rows));
        moments.add(rows);
        changes.mark(accounts(rows.stream().map(row -> row.key().on()).toList()));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Recount recount(@Nullable AccountId account, LocalDate first, LocalDate last, Instant now) {
        CountedAnew anew = new CountedAnew(database, days, account, first, last);
        return new Recount() {
            @Override
            public void add(Collection<Count> counts) {
                if (!counts.isEmpty()) {
                    List<CountedRow> rows = rows(counts, now);
                    anew.add(rows);
                    moments.add(rows);
                }
            }

            @Override
            public int apply() {
                daily.lock();
                Set<AccountDay> different = anew.apply();
                changes.mark(accounts(different));
                return different.size();
            }
        };
    }

    /** Takes the writers' lock: from here on nobody else writes features, logins or facts. */
    private List<CountedRow> rows(Collection<Count> counts, Instant now) {
        months.ensure(counts.stream().map(Count::day).collect(Collectors.toSet()));
        daily.lock();
        return CountedRow.of(counts, features.of(counts, now), logins.of(counts));
    }

    private static Set<AccountId> accounts(Collection<AccountDay> days) {
        return days.stream().map(day -> new AccountId(day.account())).collect(Collectors.toSet());
    }

    private void addFacts(List<CountedRow> rows) {
        database.sql("""
                insert into usage.daily as d (day, account_id, user_id, feature_id, source_ref, events)
                select * from unnest(
                    cast(:days as date[]), cast(:accounts as uuid[]), cast(:users as bigint[]),
                    cast(:features as int[]), cast(:refs as text[]), cast(:events as bigint[]))
                on conflict (account_id, day, feature_id, user_id, source_ref) do update
                set events = d.events + excluded.events
                """)
                .param(
                        "days",
                        rows.stream()
                                .map(row -> row.key().on().day().toString())
                                .toArray(String[]::new))
                .param(
                        "accounts",
                        rows.stream()
                                .map(row -> row.key().on().account().toString())
                                .toArray(String[]::new))
                .param("users", rows.stream().mapToLong(row -> row.key().user()).toArray())
                .param(
                        "features",
                        rows.stream().mapToInt(row -> row.key().feature()).toArray())
                .param("refs", rows.stream().map(row -> row.key().sourceRef()).toArray(String[]::new))
                .param("events", rows.stream().mapToLong(CountedRow::events).toArray())
                .update();
    }

    /** @return how many logins used the product for the first time on each day of an account */
    private Map<AccountDay, Integer> addUserDays(List<CountedRow> rows) {
        Map<UserDay, Use> uses = new TreeMap<>(UserDay.ORDER);
        for (CountedRow row : rows) {
            if (row.key().user() != 0) {
                uses.computeIfAbsent(new UserDay(row.key().on(), row.key().user()), key -> new Use())
                        .add(row);
            }
        }
        Map<AccountDay, Integer> fresh = new HashMap<>();
        if (uses.isEmpty()) {
            return fresh;
        }
        List<UserDay> keys = new ArrayList<>(uses.keySet());
        database.sql("""
                with added as (
                    insert into usage.user_day as u (account_id, day, user_id, events, slots)
                    select account_id, day, user_id, events, cast(slots as bit(288))
                    from unnest(cast(:accounts as uuid[]), cast(:days as date[]), cast(:users as bigint[]),
                        cast(:events as bigint[]), cast(:slots as text[])) as n (account_id, day, user_id, events, slots)
                    on conflict (account_id, day, user_id) do update
                    set events = u.events + excluded.events, slots = u.slots | excluded.slots, again = true
                    returning account_id, day, again
                )
                select account_id, day, count(*) as logins from added where not again group by account_id, day
                """)
                .param(
                        "accounts",
                        keys.stream().map(key -> key.on().account().toString()).toArray(String[]::new))
                .param(
                        "days",
                        keys.stream().map(key -> key.on().day().toString()).toArray(String[]::new))
                .param("users", keys.stream().mapToLong(UserDay::user).toArray())
                .param(
                        "events",
                        uses.values().stream().mapToLong(use -> use.events).toArray())
                .param(
                        "slots",
                        uses.values().stream()
                                .map(use -> CountedRow.bits(use.slots))
                                .toArray(String[]::new))
                .query(row -> {
                    fresh.put(
                            new AccountDay(
                                    row.getObject("account_id", UUID.class), row.getObject("day", LocalDate.class)),
                            row.getInt("logins"));
                });
        return fresh;
    }

    private static final class Use {
        private long events;
        private final BitSet slots = new BitSet(Count.SLOTS);

        private void add(CountedRow row) {
            events += row.events();
            slots.or(row.slots());
        }
    }
}
