package io.perennial.programs;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.programs.Promise.Kind;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts programs on the shelf without a person at a page: a prepared company, a file. */
@Component
public class Stock {

    private final Catalogue catalogue;
    private final Publishing publishing;
    private final Calendars calendars;
    private final Entitlements entitlements;
    private final HandOffs handOffs;
    private final Accounts accounts;

    Stock(
            Catalogue catalogue,
            Publishing publishing,
            Calendars calendars,
            Entitlements entitlements,
            HandOffs handOffs,
            Accounts accounts) {
        this.catalogue = catalogue;
        this.publishing = publishing;
        this.calendars = calendars;
        this.entitlements = entitlements;
        this.handOffs = handOffs;
        this.accounts = accounts;
    }

    /** Whether no program is there yet. */
    public boolean isEmpty() {
        return catalogue.programs().isEmpty();
    }

    /** A version and the day from which it is sold. */
    public record Sale(Offer offer, LocalDate validFrom) {}

    public UUID calendar(Calendar calendar, Actor actor) {
        calendars.save(viewer(actor), calendar);
        return calendars.all().stream()
                .filter(known -> known.name().equals(calendar.name()))
                .map(Calendar::id)
                .findFirst()
                .orElseThrow();
    }

    /** A program with its versions, oldest first; the highest tier so far. */
    @Transactional
    public void program(String name, List<Sale> versions, Actor actor) {
        Viewer viewer = viewer(actor);
        UUID program = catalogue.create(viewer, name).program();
        for (Sale sale : versions) {
            catalogue.save(viewer, program, catalogue.draft(viewer, program).edits(), sale.offer());
            publishing.publish(viewer, program, catalogue.draft(viewer, program).edits(), sale.validFrom());
        }
    }

    /** Used units of an account, by its external id; nothing where there is no such account. */
    @Transactional
    public void used(String account, String unit, BigDecimal amount, String purpose, Actor actor) {
        accounts.byExternalId(account)
                .ifPresent(id -> entitlements.draw(
                        id, unit, amount, purpose, "stock:" + account + ":" + unit + ":" + purpose, actor));
    }

    /** A promise that Sales made to an account, by its external id. */
    @Transactional
    public void promised(
            String account,
            Kind kind,
            String what,
            @Nullable BigDecimal amount,
            @Nullable Priority priority,
            String by,
            Actor actor) {
        accounts.byExternalId(account)
                .ifPresent(id -> handOffs.note(viewer(actor), id, kind, what, amount, priority, by));
    }

    /** What the house itself puts there needs nobody's permission. */
    private static Viewer viewer(Actor actor) {
        return new Viewer(new UUID(0, 0), actor.name(), "", Role.ADMIN, true);
    }
}
