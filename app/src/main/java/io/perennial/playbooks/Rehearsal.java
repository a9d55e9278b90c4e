package io.perennial.playbooks;

import io.perennial.playbooks.DryRun.Day;
import io.perennial.playbooks.DryRun.Money;
import io.perennial.playbooks.DryRun.Start;
import io.perennial.playbooks.text.Playbook;
import io.perennial.playbooks.text.Playbook.Limits;
import io.perennial.playbooks.text.Program;
import io.perennial.playbooks.text.Step;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Plays what would have been found, day by day, under the caps, quiet times and the share held out: the same rules by which runs are
 * let in, over a year in one go. Pure.
 */
final class Rehearsal {

    private static final int SHOWN = 200;

    private static final Comparator<Moment> DEAREST = Comparator.comparing(
                    Moment::money, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(Moment::day)
            .thenComparing(Moment::account);

    private final UUID playbook;
    private final Playbook text;
    private final TreeMap<LocalDate, List<Moment>> byDay = new TreeMap<>();
    private long found;

    Rehearsal(UUID playbook, Playbook text) {
        this.playbook = playbook;
        this.text = text;
    }

    /** An episode that would have been found. */
    record Moment(
            UUID account,
            LocalDate day,
            String name,
            @Nullable BigDecimal money,
            @Nullable String currency,
            String evidence) {}

    void add(Moment moment) {
        found++;
        byDay.computeIfAbsent(moment.day(), none -> new ArrayList<>()).add(moment);
    }

    /** @param remarks what has to be known to read it */
    DryRun play(LocalDate from, LocalDate to, double seconds, List<String> remarks) {
        Limits limits = text.limits();
        Map<UUID, LocalDate> lastOf = new HashMap<>();
        Set<UUID> touched = new HashSet<>();
        PriorityQueue<Moment> waiting = new PriorityQueue<>(DEAREST);
        List<Day> days = new ArrayList<>();
        List<Moment> started = new ArrayList<>();
        long heldOut = 0;
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            for (Moment moment : byDay.getOrDefault(day, List.of())) {
                LocalDate last = lastOf.get(moment.account());
                if (limits.quietDays() > 0
                        && last != null
                        && last.plusDays(limits.quietDays()).isAfter(day)) {
                    continue;
                }
                lastOf.put(moment.account(), day);
                if (Starting.isHeldOut(playbook, moment.account(), text.heldOutPercent())) {
                    heldOut++;
                } else {
                    waiting.add(moment);
                }
            }
            int today = 0;
            List<Moment> noRoom = new ArrayList<>();
            while (!waiting.isEmpty() && today < limits.aDay() && started.size() < limits.inAll()) {
                Moment next = waiting.remove();
                if (next.day().plusDays(Starting.STALE.toDays()).isBefore(day)) {
                    continue;
                }
                if (!touched.contains(next.account()) && touched.size() >= limits.accounts()) {
                    noRoom.add(next);
                    continue;
                }
                touched.add(next.account());
                started.add(next);
                today++;
            }
            // Whoever has no room for being a new account has none tomorrow either.
            if (today > 0) {
                days.add(new Day(day, today));
            }
        }
        long wanted = heldOut + started.size();
        return result(from, to, days, started, heldOut, Math.max(0, found - wanted), seconds, remarks);
    }

    private DryRun result(
            LocalDate from,
            LocalDate to,
            List<Day> days,
            List<Moment> started,
            long heldOut,
            long left,
            double seconds,
            List<String> remarks) {
        Map<UUID, Moment> accounts = new HashMap<>();
        started.forEach(one -> accounts.putIfAbsent(one.account(), one));
        Map<String, List<Moment>> byCurrency = new TreeMap<>();
        accounts.values().stream()
                .filter(one -> one.money() != null && one.currency() != null)
                .forEach(one -> byCurrency
                        .computeIfAbsent(String.valueOf(one.currency()), none -> new ArrayList<>())
                        .add(one));
        List<Money> money = byCurrency.entrySet().stream()
                .map(entry -> new Money(
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(one -> one.money() == null ? BigDecimal.ZERO : one.money())
                                .reduce(BigDecimal.ZERO, BigDecimal::add),
                        entry.getValue().size()))
                .toList();
        List<Start> dearest = started.stream()
                .sorted(DEAREST)
                .limit(SHOWN)
                .map(one ->
                        new Start(one.account(), one.name(), one.day(), one.money(), one.currency(), one.evidence()))
                .toList();
        List<Program.Instruction> steps = Program.of(text.steps()).instructions();
        return new DryRun(
                from,
                to,
                found,
                started.size(),
                accounts.size(),
                heldOut,
                left,
                days,
                money,
                dearest,
                started.size()
                        * steps.stream()
                                .filter(one -> one.step() instanceof Step.Task)
                                .count(),
                started.size()
                        * steps.stream()
                                .filter(one -> one.step() instanceof Step.Mail)
                                .count(),
                seconds,
                remarks);
    }
}
