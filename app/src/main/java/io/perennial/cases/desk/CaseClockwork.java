package io.perennial.cases.desk;

import io.perennial.cases.clock.CaseClocks;
import io.perennial.cases.clock.Clocked;
import io.perennial.cases.clock.Step;
import io.perennial.programs.Coverage;
import io.perennial.programs.Priority;
import io.perennial.programs.Programs;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what happened to cases and what was promised on the day they came in, counts their clocks, keeps the result. */
@Component
class CaseClockwork {

    private final JdbcClient database;
    private final Programs programs;
    private final ClockRows rows;
    private final Clock clock;

    CaseClockwork(JdbcClient database, Programs programs, ClockRows rows, Clock clock) {
        this.database = database;
        this.programs = programs;
        this.rows = rows;
        this.clock = clock;
    }

    private static final class History {

        private final AccountId account;
        private final Instant opened;
        private Priority priority;
        private boolean graded;
        private final List<Step> steps = new ArrayList<>();

        private History(AccountId account, Instant opened, Priority priority) {
            this.account = account;
            this.opened = opened;
            this.priority = priority;
        }

        private LocalDate day() {
            return LocalDate.ofInstant(opened, ZoneOffset.UTC);
        }
    }

    /** The clocks of one case as they are now. */
    @Transactional(readOnly = true)
    public List<Clocked> of(UUID id) {
        return count(Set.of(id)).getOrDefault(id, List.of());
    }

    /** Counts anew and keeps what lists need; a few statements for any number of cases. */
    @Transactional
    public void recount(Collection<UUID> cases) {
        if (!cases.isEmpty()) {
            rows.write(count(cases), clock.instant());
        }
    }

    /** The same of cases that are over, which have nothing due; those that were opened again meanwhile are counted anyway. */
    @Transactional
    public void countEnded(Collection<UUID> cases) {
        List<UUID> over = database.sql(
                        "select id from cases.support_case where id = any(:ids) and state in ('resolved', 'closed')")
                .param("ids", cases.toArray(UUID[]::new))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        if (!over.isEmpty()) {
            rows.replace(count(over));
        }
    }

    private Map<UUID, List<Clocked>> count(Collection<UUID> cases) {
        Map<UUID, History> histories = read(cases);
        Map<LocalDate, Set<AccountId>> days = histories.values().stream()
                .collect(Collectors.groupingBy(
                        History::day, Collectors.mapping(history -> history.account, Collectors.toSet())));
        Map<LocalDate, Map<AccountId, Coverage>> coverages = new HashMap<>();
        days.forEach((day, accounts) -> coverages.put(day, programs.coverages(accounts, day)));
        Map<UUID, List<Clocked>> clocks = new LinkedHashMap<>();
        histories.forEach((id, history) -> {
            Coverage coverage = Objects.requireNonNull(
                    Objects.requireNonNull(coverages.get(history.day())).get(history.account));
            clocks.put(
                    id,
                    CaseClocks.count(
                            history.opened, history.priority, history.steps, coverage.targets(), coverage.hours()));
        });
        return clocks;
    }

    private Map<UUID, History> read(Collection<UUID> cases) {
        UUID[] ids = cases.toArray(UUID[]::new);
        Map<UUID, History> histories = new LinkedHashMap<>();
        database.sql("""
                select id, account_id, opened_at, priority, first_response_at,
                    opened_at + round(first_response_minutes * 60) * interval '1 second' as answered_at,
                    case when state in ('resolved', 'closed') then coalesce(resolved_at, closed_at) end as solved_at, state
                from cases.support_case where id = any(:ids)
                """).param("ids", ids).query(row -> {
            histories.put(row.getObject("id", UUID.class), history(row));
        });
        database.sql("""
                select case_id, at, kind, value, note from cases.event
                where case_id = any(:ids) and not undone and kind in ('state', 'priority', 'promise') order by n
                """).param("ids", ids).query(row -> {
            take(histories.get(row.getObject("case_id", UUID.class)), row);
        });
        database.sql("""
                select case_id, at, kind, promised_at from cases.message
                where case_id = any(:ids) and (kind = 'reply' or promised_at is not null) order by at, id
                """).param("ids", ids).query(row -> {
            History history = histories.get(row.getObject("case_id", UUID.class));
            if (history != null) {
                said(history, row);
            }
        });
        return histories;
    }

    private static void said(History history, ResultSet row) throws SQLException {
        Instant at = Objects.requireNonNull(instant(row, "at"));
        if ("reply".equals(row.getString("kind"))) {
            history.steps.add(new Step.Answered(at));
        }
        Instant promised = instant(row, "promised_at");
        if (promised != null) {
            history.steps.add(new Step.Promised(at, promised));
        }
    }

    private static History history(ResultSet row) throws SQLException {
        String priority = row.getString("priority");
        Instant solved = instant(row, "solved_at");
        History history = new History(
                new AccountId(row.getObject("account_id", UUID.class)),
                Objects.requireNonNull(instant(row, "opened_at")),
                priority == null ? Priority.MEDIUM : Priority.of(priority).orElse(Priority.MEDIUM));
        Instant answered = instant(row, "first_response_at");
        if (answered == null) {
            answered = instant(row, "answered_at");
        }
        if (answered != null) {
            history.steps.add(new Step.Answered(answered));
        }
        if (solved != null) {
            history.steps.add(new Step.Solved(solved));
        }
        return history;
    }

    private static void take(@Nullable History history, ResultSet row) throws SQLException {
        String value = row.getString("value");
        if (history == null || value == null) {
            return;
        }
        Instant at = Objects.requireNonNull(instant(row, "at"));
        switch (row.getString("kind")) {
            case CaseEvents.PRIORITY -> {
                String before = row.getString("note");
                if (!history.graded) {
                    history.graded = true;
                    history.priority = before == null
                            ? history.priority
                            : Priority.of(before).orElse(history.priority);
                }
                Priority.of(value).ifPresent(now -> history.steps.add(new Step.Reprioritised(at, now)));
            }
            case CaseEvents.PROMISE -> history.steps.add(new Step.Promised(at, Instant.parse(value)));
            default -> {
                CaseState state = CaseState.of(value);
                history.steps.add(
                        state.isOver()
                                ? new Step.Solved(at)
                                : state.rests() ? new Step.Paused(at) : new Step.Running(at));
            }
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
