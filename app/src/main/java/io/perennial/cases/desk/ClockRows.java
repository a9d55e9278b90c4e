package io.perennial.cases.desk;

import io.perennial.cases.clock.Clocked;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code cases.clock} and the due times beside the case: what was counted last, for lists and figures. */
@Repository
class ClockRows {

    private final JdbcClient database;

    ClockRows(JdbcClient database) {
        this.database = database;
    }

    void write(Map<UUID, List<Clocked>> clocks, Instant now) {
        due(clocks, clocks.keySet().toArray(UUID[]::new), now);
        replace(clocks);
    }

    /** The clocks alone. What stays as it is is not written again. */
    void replace(Map<UUID, List<Clocked>> clocks) {
        List<UUID> cases = new ArrayList<>();
        List<Clocked> all = new ArrayList<>();
        clocks.forEach((id, ofCase) -> ofCase.forEach(clock -> {
            cases.add(id);
            all.add(clock);
        }));
        UUID[] ofWhich = cases.toArray(UUID[]::new);
        String[] kinds = all.stream().map(clock -> clock.kind().key()).toArray(String[]::new);
        Integer[] rounds = all.stream().map(Clocked::round).toArray(Integer[]::new);
        database.sql("""
                delete from cases.clock k where k.case_id = any(:ids) and not exists (
                    select from unnest(cast(:cases as uuid[]), cast(:kinds as text[]), cast(:rounds as int[]))
                        as n (case_id, kind, round)
                    where n.case_id = k.case_id and n.kind = k.kind and n.round = k.round)
                """)
                .param("ids", clocks.keySet().toArray(UUID[]::new))
                .param("cases", ofWhich)
                .param("kinds", kinds)
                .param("rounds", rounds)
                .update();
        if (all.isEmpty()) {
            return;
        }
        database.sql("""
                insert into cases.clock as k (case_id, kind, round, started_at, target_seconds, used_seconds, due_at, finished_at,
                    breached_at)
                select * from unnest(cast(:cases as uuid[]), cast(:kinds as text[]), cast(:rounds as int[]),
                    cast(:starts as timestamptz[]), cast(:targets as bigint[]), cast(:used as bigint[]),
                    cast(:dues as timestamptz[]), cast(:ends as timestamptz[]), cast(:breaches as timestamptz[]))
                on conflict (case_id, kind, round) do update set started_at = excluded.started_at,
                    target_seconds = excluded.target_seconds, used_seconds = excluded.used_seconds, due_at = excluded.due_at,
                    finished_at = excluded.finished_at, breached_at = excluded.breached_at
                where (k.*) is distinct from (excluded.*)
                """)
                .param("cases", ofWhich)
                .param("kinds", kinds)
                .param("rounds", rounds)
                .param("starts", times(all, Clocked::startedAt))
                .param(
                        "targets",
                        all.stream().map(clock -> clock.target().toSeconds()).toArray(Long[]::new))
                .param(
                        "used",
                        all.stream().map(clock -> clock.used().toSeconds()).toArray(Long[]::new))
                .param("dues", times(all, Clocked::dueAt))
                .param("ends", times(all, Clocked::finishedAt))
                .param("breaches", times(all, Clocked::breachedAt))
                .update();
    }

    private void due(Map<UUID, List<Clocked>> clocks, UUID[] ids, Instant now) {
        List<Optional<Clocked>> next =
                clocks.values().stream().map(ClockRows::next).toList();
        List<@Nullable Instant> dues = new ArrayList<>();
        next.forEach(one -> dues.add(one.map(Clocked::dueAt).orElse(null)));
        List<@Nullable Instant> risks = new ArrayList<>();
        clocks.values()
                .forEach(ofCase -> risks.add(ofCase.stream()
                        .filter(Clocked::isOpen)
                        .map(Clocked::riskAt)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null)));
        database.sql("""
                update cases.support_case c set next_due_at = n.due, next_risk_at = n.risk, next_due = n.kind,
                    clocked_at = :now
                from unnest(cast(:ids as uuid[]), cast(:dues as timestamptz[]), cast(:risks as timestamptz[]),
                    cast(:kinds as text[])) as n (id, due, risk, kind)
                where c.id = n.id
                """)
                .param("ids", ids)
                .param("dues", texts(dues))
                .param("risks", texts(risks))
                .param(
                        "kinds",
                        next.stream()
                                .map(one -> one.map(clock -> clock.kind().key()).orElse(null))
                                .toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .update();
    }

    private static Optional<Clocked> next(List<Clocked> clocks) {
        return clocks.stream()
                .filter(clock -> clock.isOpen() && clock.dueAt() != null)
                .min(Comparator.comparing(clock -> Objects.requireNonNull(clock.dueAt())));
    }

    private static @Nullable String[] times(List<Clocked> clocks, Function<Clocked, @Nullable Instant> time) {
        List<@Nullable Instant> times = new ArrayList<>();
        clocks.forEach(clock -> times.add(time.apply(clock)));
        return texts(times);
    }

    private static @Nullable String[] texts(List<? extends @Nullable Instant> times) {
        @Nullable String[] texts = new @Nullable String[times.size()];
        for (int i = 0; i < texts.length; i++) {
            Instant time = times.get(i);
            texts[i] = time == null ? null : time.toString();
        }
        return texts;
    }
}
