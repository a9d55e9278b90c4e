package io.perennial.playbooks;

import io.perennial.accounts.list.AccountCondition;
import io.perennial.playbooks.text.Playbook;
import io.perennial.playbooks.text.Playbook.Stop;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is true of accounts now, asked for several at once. */
@Component
class Facts {

    private final JdbcClient database;
    private final Clock clock;

    Facts(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param signal that started it */
    record Asked(UUID run, UUID account, @Nullable UUID signal) {}

    /** Those of the runs that have to end. */
    Set<UUID> over(Playbook playbook, List<Asked> runs) {
        return stopped(playbook, runs).keySet();
    }

    /** Why runs have to end, by run; those that go on are not in it. */
    Map<UUID, String> stopped(Playbook playbook, List<Asked> runs) {
        Map<UUID, String> stopped = new HashMap<>();
        if (playbook.stops().isEmpty() || runs.isEmpty()) {
            return stopped;
        }
        Map<String, Object> parameters = new HashMap<>();
        List<String> cases = new ArrayList<>();
        int number = 0;
        for (int i = 0; i < playbook.stops().size(); i++) {
            Stop stop = playbook.stops().get(i);
            String sql = switch (stop) {
                case Stop.SignalClosed closed ->
                    "exists (select from health.signal s where s.id = t.signal and s.state in ('done', 'closed'))";
                case Stop.CustomerLeft left -> "coalesce(o.left_on <= :today, false)";
                case Stop.Holds holds ->
                    AccountCondition.sql(List.of(holds.condition()), number++, today(), parameters);
            };
            cases.add("when " + sql + " then " + i);
        }
        parameters.put("today", today());
        parameters.put("runs", runs.stream().map(Asked::run).toArray(UUID[]::new));
        parameters.put("accounts", runs.stream().map(Asked::account).toArray(UUID[]::new));
        @Nullable UUID[] signals = new UUID[runs.size()];
        for (int i = 0; i < signals.length; i++) {
            signals[i] = runs.get(i).signal();
        }
        parameters.put("signals", signals);
        database.sql("""
                select t.run, case %s end as stop
                from unnest(cast(:runs as uuid[]), cast(:accounts as uuid[]), cast(:signals as uuid[])) as t (run, account, signal)
                join accounts.overview o on o.account_id = t.account
                """.formatted(String.join(" ", cases))).params(parameters).query(row -> {
            int stop = row.getInt("stop");
            if (!row.wasNull()) {
                stopped.put(
                        row.getObject("run", UUID.class),
                        "Ended because " + playbook.stops().get(stop).words() + ".");
            }
        });
        return stopped;
    }

    /** Whether all of them hold. */
    boolean hold(UUID account, List<AccountCondition> conditions) {
        Map<String, Object> parameters = new HashMap<>();
        String sql = "select " + AccountCondition.sql(conditions, 0, today(), parameters)
                + " from accounts.overview o where o.account_id = :account";
        parameters.put("account", account);
        return database.sql(sql)
                .params(parameters)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    boolean isClosed(@Nullable UUID signal) {
        return signal == null
                || database.sql("select not exists (select from health.signal where id = :id"
                                + " and state in ('open', 'acknowledged', 'snoozed'))")
                        .param("id", signal)
                        .query(Boolean.class)
                        .single();
    }

    /** One condition with what was found. */
    record Checked(String wanted, String found, boolean holds) {}

    List<Checked> check(UUID account, List<AccountCondition> conditions) {
        List<Checked> checked = new ArrayList<>();
        for (AccountCondition condition : conditions) {
            Map<String, Object> parameters = new HashMap<>();
            String sql = "select " + condition.factSql() + "::text as fact, "
                    + AccountCondition.sql(List.of(condition), 0, today(), parameters)
                    + " as holds from accounts.overview o where o.account_id = :account";
            parameters.put("account", account);
            Optional<Checked> one = database.sql(sql)
                    .params(parameters)
                    .query((row, number) -> new Checked(
                            condition.words(), condition.found(row.getString("fact")), row.getBoolean("holds")))
                    .optional();
            checked.add(one.orElse(new Checked(condition.words(), "nothing", false)));
        }
        return checked;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
