package io.perennial.usage;

import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import java.time.LocalDate;

/** How much of what was bought is used, how broadly and how deeply: the readings of one account. */
final class AdoptionReadings {

    private AdoptionReadings() {}

    static void read(AccountId account, AccountUse use, CohortTotals all, Readings into) {
        licences(account, use, all.last(), into);
        Double stickiness = use.stickiness();
        if (stickiness != null) {
            into.read(
                    account,
                    "stickiness",
                    stickiness,
                    all.last(),
                    () -> Wording.decimal((double) use.loginDays() / UsageMeasures.WINDOW) + " of "
                            + Wording.number(use.named()) + " users on a mean day");
        }
        if (all.features() > 0) {
            into.read(
                    account,
                    "breadth",
                    Math.min(1, (double) use.features() / all.features()),
                    all.last(),
                    () -> use.features() + " of " + all.features() + " features used");
        }
        double usual = all.depth(UsageMeasures.WINDOW);
        if (usual > 0 && use.userDays() > 0) {
            double own = (double) use.eventsOfKnownUsers() / use.userDays();
            into.read(
                    account,
                    "depth",
                    own / usual,
                    all.last(),
                    () -> Wording.decimal(own) + " uses per active user a day, " + Wording.decimal(usual)
                            + " in all accounts");
        }
        perSeat(account, use, usual, all.last(), into);
    }

    private static void licences(AccountId account, AccountUse use, LocalDate last, Readings into) {
        Long seats = use.seats();
        if (seats == null || seats <= 0) {
            into.notApplicable(account, "active_share");
            into.notApplicable(account, "licences_unused");
            return;
        }
        boolean silent = use.lastUsedOn().isBefore(last.minusDays(UsageMeasures.WINDOW - 1L));
        Integer active = use.active28() == null && silent ? Integer.valueOf(0) : use.active28();
        if (active == null) {
            return;
        }
        long unused = Math.max(0, seats - active);
        into.read(
                account,
                "active_share",
                (double) active / seats,
                last,
                () -> Wording.number(active) + " of " + Wording.number(seats) + " seats active");
        into.read(
                account,
                "licences_unused",
                (double) unused / seats,
                last,
                () -> Wording.number(unused) + " of " + Wording.number(seats) + " seats used by nobody in 28 days");
    }

    /** What the customer gets for each seat it pays; idle seats count as nothing, so silence is known to be 0. */
    private static void perSeat(AccountId account, AccountUse use, double usual, LocalDate last, Readings into) {
        Integer active = use.active28();
        Long seats = use.seats();
        if (seats == null || seats <= 0) {
            into.notApplicable(account, "use_per_seat");
        } else if (use.lastUsedOn().isBefore(last.minusDays(UsageMeasures.WINDOW - 1L))) {
            into.read(account, "use_per_seat", 0, last, () -> "no use of " + Wording.number(seats) + " seats");
        } else if (active != null && usual > 0 && use.userDays() > 0) {
            double depth = (double) use.eventsOfKnownUsers() / use.userDays() / usual;
            double value = depth * active / seats;
            into.read(
                    account,
                    "use_per_seat",
                    value,
                    last,
                    () -> Wording.percent(value) + " of what " + Wording.number(seats)
                            + " seats in usual use would bring");
        }
    }
}
