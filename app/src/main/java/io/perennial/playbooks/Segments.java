package io.perennial.playbooks;

import io.perennial.accounts.list.AccountCondition;
import io.perennial.playbooks.text.Playbook;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which accounts fulfil the conditions of which playbooks. All conditions of all playbooks are asked in one pass over the wide
 * rows; what differs from the last look is who came in and who went out.
 */
@Component
class Segments {

    /** Conditions that one statement asks; with more, PostgreSQL plans longer than it reads. */
    private static final int AT_ONCE = 400;

    private final JdbcClient database;
    private final Clock clock;

    Segments(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** An account that came to fulfil the conditions of a playbook. */
    record Entry(UUID account, int playbook) {}

    /**
     * What an account stands within, by numbers of playbooks.
     *
     * @param accounts null for all
     * @param leftToo playbooks that concern customers who left as well
     */
    Map<UUID, Set<Integer>> within(List<InForce> playbooks, @Nullable Collection<UUID> accounts, boolean leftToo) {
        Map<UUID, Set<Integer>> within = new HashMap<>();
        for (List<InForce> some : portions(playbooks)) {
            Map<String, Object> parameters = new HashMap<>();
            String sql = "select account_id, within from (" + found(some, accounts, leftToo, parameters)
                    + ") f where within <> '{}'";
            database.sql(sql).params(parameters).query((ResultSet row) -> {
                within.computeIfAbsent(row.getObject(1, UUID.class), none -> new HashSet<>())
                        .addAll(numbers(row.getArray(2)));
            });
        }
        return within;
    }

    private static List<List<InForce>> portions(List<InForce> playbooks) {
        List<List<InForce>> portions = new ArrayList<>();
        List<InForce> portion = new ArrayList<>();
        int conditions = 0;
        for (InForce one : playbooks) {
            int more = 1 + one.playbook().start().onlyIf().size();
            if (conditions + more > AT_ONCE) {
                portions.add(portion);
                portion = new ArrayList<>();
                conditions = 0;
            }
            portion.add(one);
            conditions += more;
        }
        portions.add(portion);
        return portions;
    }

    private String found(
            List<InForce> playbooks,
            @Nullable Collection<UUID> accounts,
            boolean leftToo,
            Map<String, Object> parameters) {
        LocalDate today = today();
        int number = 0;
        List<String> cases = new ArrayList<>();
        for (InForce one : playbooks) {
            List<AccountCondition> conditions = one.playbook().start().onlyIf();
            cases.add("case when " + AccountCondition.sql(conditions, number, today, parameters) + " then "
                    + one.number() + " end");
            number += conditions.size();
        }
        parameters.put("today", today);
        if (accounts != null) {
            parameters.put("accounts", accounts.toArray(UUID[]::new));
        }
        return "select o.account_id, " + (leftToo ? "" : "case when o.left_on <= :today then '{}' else ")
                + "array_remove(array[" + String.join(", ", cases) + "]::int[], null)"
                + (leftToo ? " as within" : " end as within") + " from accounts.overview o"
                + (accounts == null ? "" : " where o.account_id = any(:accounts)");
    }

    /**
     * Compares with the last look and remembers this one.
     *
     * @param playbooks all that wait for a segment
     * @param accounts null for all
     * @return who came in
     */
    List<Entry> look(List<InForce> playbooks, @Nullable Collection<UUID> accounts) {
        if (playbooks.isEmpty() || (accounts != null && accounts.isEmpty())) {
            return List.of();
        }
        Map<UUID, Set<Integer>> now = new HashMap<>(within(playbooks, accounts, false));
        Map<UUID, Set<Integer>> before = standing(accounts);
        List<Entry> entries = new ArrayList<>();
        Map<UUID, Set<Integer>> changed = new HashMap<>();
        now.forEach((account, numbers) -> {
            Set<Integer> known = before.getOrDefault(account, Set.of());
            if (!known.equals(numbers)) {
                changed.put(account, numbers);
                numbers.stream()
                        .filter(number -> !known.contains(number))
                        .forEach(number -> entries.add(new Entry(account, number)));
            }
        });
        before.keySet().stream()
                .filter(account -> !now.containsKey(account))
                .forEach(account -> changed.put(account, Set.of()));
        remember(changed);
        return entries;
    }

    private Map<UUID, Set<Integer>> standing(@Nullable Collection<UUID> accounts) {
        Map<UUID, Set<Integer>> standing = new HashMap<>();
        database.sql("select account_id, within from playbooks.standing"
                        + (accounts == null ? "" : " where account_id = any(:accounts)"))
                .param("accounts", accounts == null ? new UUID[0] : accounts.toArray(UUID[]::new))
                .query((ResultSet row) -> {
                    standing.put(row.getObject(1, UUID.class), numbers(row.getArray(2)));
                });
        return standing;
    }

    private void remember(Map<UUID, Set<Integer>> changed) {
        if (changed.isEmpty()) {
            return;
        }
        List<UUID> accounts = changed.keySet().stream().sorted().toList();
        database.sql("delete from playbooks.standing where account_id = any(:gone)")
                .param(
                        "gone",
                        accounts.stream()
                                .filter(account ->
                                        changed.getOrDefault(account, Set.of()).isEmpty())
                                .toArray(UUID[]::new))
                .update();
        List<UUID> kept = accounts.stream()
                .filter(account -> !changed.getOrDefault(account, Set.of()).isEmpty())
                .toList();
        database.sql("""
                insert into playbooks.standing (account_id, within)
                select t.account, cast(t.within as int[])
                from unnest(cast(:accounts as uuid[]), cast(:withins as text[])) as t (account, within)
                on conflict (account_id) do update set within = excluded.within
                """)
                .param("accounts", kept.toArray(UUID[]::new))
                .param(
                        "withins",
                        kept.stream()
                                .map(account -> changed.getOrDefault(account, Set.of()).stream()
                                        .sorted()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",", "{", "}")))
                                .toArray(String[]::new))
                .update();
    }

    /**
     * A playbook begins to look. Who stands within already is no entry, unless those are meant too.
     *
     * @param resumes after a pause: whoever came in meanwhile is no entry either
     */
    void begin(int number, Playbook playbook, boolean resumes) {
        database.sql("update playbooks.standing set within = array_remove(within, :number) where :number = any(within)")
                .param("number", number)
                .update();
        if (!playbook.start().isSegment() || (playbook.start().presentToo() && !resumes)) {
            return;
        }
        Map<String, Object> parameters = new HashMap<>();
        String condition = AccountCondition.sql(playbook.start().onlyIf(), 0, today(), parameters);
        parameters.put("number", number);
        parameters.put("today", today());
        database.sql("""
                insert into playbooks.standing as s (account_id, within)
                select o.account_id, array[cast(:number as int)] from accounts.overview o
                where %s and (o.left_on is null or o.left_on > :today)
                on conflict (account_id) do update set within = array_append(s.within, cast(:number as int))
                """.formatted(condition)).params(parameters).update();
    }

    private static Set<Integer> numbers(@Nullable Array array) throws SQLException {
        return array == null ? Set.of() : new HashSet<>(Arrays.asList((Integer[]) array.getArray()));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
