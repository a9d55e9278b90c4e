package io.perennial.success;

import io.perennial.platform.records.Ids;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What somebody typed about a plan, as typed. */
public record PlanDraft(
        String name,
        String startsOn,
        String endsOn,
        String hours,
        String hourCost,
        String currency,
        String note,
        String owner) {

    static PlanDraft of(Plan plan) {
        return new PlanDraft(
                plan.name(),
                plan.startsOn() == null ? "" : plan.startsOn().toString(),
                plan.endsOn() == null ? "" : plan.endsOn().toString(),
                plain(plan.hours()),
                plain(plan.hourCost()),
                plan.currency() == null ? "" : plan.currency(),
                plan.note(),
                plan.ownerId() == null ? "" : plan.ownerId().toString());
    }

    public static PlanDraft from(Plan plan) {
        return of(plan);
    }

    static String plain(@Nullable BigDecimal number) {
        return number == null ? "" : number.stripTrailingZeros().toPlainString();
    }

    /** @throws SuccessRefused with what is wrong */
    PlanDraft checked() {
        String title = Typed.line(name, "A name", 200);
        if (title.isEmpty()) {
            throw new SuccessRefused("Say in a few words what the customer wants to reach.");
        }
        var from = Typed.day(startsOn);
        var until = Typed.day(endsOn);
        if (from != null && until != null && until.isBefore(from)) {
            throw new SuccessRefused("The plan ends before it begins.");
        }
        Typed.notBelowZero(hours, "The hours of a year");
        BigDecimal cost = Typed.notBelowZero(hourCost, "The cost of an hour");
        String code = Typed.currency(currency);
        if (cost != null && code.isEmpty()) {
            throw new SuccessRefused("Say in which currency an hour costs that much.");
        }
        if (!owner.isEmpty() && Ids.read(owner).isEmpty()) {
            throw new SuccessRefused("Choose somebody of the team.");
        }
        return new PlanDraft(
                title,
                startsOn.strip(),
                endsOn.strip(),
                hours.strip(),
                hourCost.strip(),
                code,
                Typed.words(note, "A note", 4_000),
                owner);
    }
}
