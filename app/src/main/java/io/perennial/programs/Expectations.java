package io.perennial.programs;

import io.perennial.programs.Entitlements.Balance;
import io.perennial.programs.hours.BusinessHours;
import io.perennial.shared.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What both sides may expect today. */
@Component
public class Expectations {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

    private final Programs programs;
    private final Entitlements entitlements;
    private final HandOffs handOffs;

    Expectations(Programs programs, Entitlements entitlements, HandOffs handOffs) {
        this.programs = programs;
        this.entitlements = entitlements;
        this.handOffs = handOffs;
    }

    View of(AccountId account, Instant now, LocalDate today) {
        Coverage coverage = programs.coverage(account, today);
        List<Due> due = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            Targets targets = coverage.targets(priority);
            if (!targets.isEmpty()) {
                due.add(new Due(
                        priority,
                        Spoken.duration(targets.firstResponse()),
                        Spoken.duration(targets.update()),
                        Spoken.duration(targets.resolution()),
                        moment(coverage.hours(), now, targets.firstResponse())));
            }
        }
        HandOffs.Progress handOff = handOffs.progress(account);
        return new View(
                coverage.program() + (coverage.version() == 0 ? "" : " " + coverage.version()),
                coverage.enrolment() != null,
                coverage.hours().isOpen(now),
                coverage.hours().zone().getId(),
                new TreeSet<>(coverage.channels()).stream().toList(),
                due,
                entitlements.balances(account, today),
                handOff.flagged(),
                handOff.completed());
    }

    private static @Nullable String moment(BusinessHours hours, Instant now, @Nullable Duration target) {
        if (target == null) {
            return null;
        }
        try {
            return LOCAL.format(hours.due(now, target).atZone(hours.zone()));
        } catch (IllegalStateException closed) {
            return null;
        }
    }

    /** @param answered when an answer to a question asked now is due, in the zone of the hours */
    public record Due(
            Priority priority,
            String firstResponse,
            String update,
            String resolution,
            @Nullable String answered) {}

    /**
     * @param bought false: the default of the house
     * @param flagged promises of Sales that the program does not cover
     */
    public record View(
            String program,
            boolean bought,
            boolean open,
            String zone,
            List<String> channels,
            List<Due> due,
            List<Balance> balances,
            long flagged,
            boolean handedOver) {}
}
