package io.perennial.cancellations;

import io.perennial.contracts.ReasonCategory;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What the company offers to those who leave, after how long it asks them back, and when a save is checked. */
@Component
@Transactional
public class LeavingRules {

    static final String KIND = "leaving-rules";

    private static final int MOST_OFFERS = 40;
    private static final int LONGEST_WAIT = 3650;
    private static final int LONGEST_CHECK = 730;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_MEANING = 300;

    private final JdbcClient database;
    private final Audit audit;
    private final JsonMapper json;

    LeavingRules(JdbcClient database, Audit audit, JsonMapper json) {
        this.database = database;
        this.audit = audit;
        this.json = json;
    }

    /** @param meaning when it is the right one, for colleagues */
    public record Offer(String name, String meaning) {}

    /**
     * @param waits days from the loss until the customer is asked back, by reason; a reason that is not in it makes no return
     *     plausible
     * @param keptDays after which a save is checked against the ledger of revenue
     */
    public record Rules(List<Offer> offers, Map<ReasonCategory, Integer> waits, int keptDays) {

        /** The reason's waiting time as a page shows it; empty for never. */
        public String wait(ReasonCategory category) {
            Integer days = waits.get(category);
            return days == null ? "" : days.toString();
        }
    }

    /** Rules that cannot be; the message says why. */
    public static final class BadRules extends RuntimeException {
        BadRules(String message) {
            super(message);
        }
    }

    /**
     * Who found it too dear is asked before the next budget is made, who went to a competitor before the first renewal there. Who
     * does not use the product or is gone is not asked: there is little to come back to.
     */
    public static final Rules SHIPPED = new Rules(
            List.of(
                    new Offer(
                            "Discount", "The price is the reason and the value is seen. Limited in time, in writing."),
                    new Offer("Pause", "Budget or season: nothing is deleted, and it goes on at a day that is agreed."),
                    new Offer("Downgrade", "Too much was bought: a smaller program or fewer seats."),
                    new Offer(
                            "Training", "It is not used because nobody showed how. Free of charge, within two weeks."),
                    new Offer(
                            "Executive call",
                            "Trust is lost: somebody who can decide listens and owns what went wrong."),
                    new Offer(
                            "Service plan",
                            "Poor service is the reason: a named person, dates, and a report on both.")),
            Map.of(
                    ReasonCategory.COST, 90,
                    ReasonCategory.VALUE, 60,
                    ReasonCategory.BUDGET, 180,
                    ReasonCategory.POOR_SERVICE, 60,
                    ReasonCategory.PRODUCT_MATURITY, 180,
                    ReasonCategory.COMPETITOR, 300,
                    ReasonCategory.OTHER, 180),
            90);

    private record Stored(List<Offer> offers, Map<String, Integer> waits, int keptDays) {}

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    @Transactional(readOnly = true)
    public Rules rules() {
        return Optional.ofNullable(state()).map(this::read).orElse(SHIPPED);
    }

    /**
     * @return the change, for undo; null when nothing changed
     * @throws BadRules saying what cannot be
     */
    public @Nullable UUID set(Rules rules, Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Only leaders say what is offered.");
        }
        check(rules);
        String before = state();
        if (rules.equals(rules())) {
            return null;
        }
        store(write(rules));
        return audit.record(
                viewer.actor(),
                KIND,
                "Offers and waiting times for customers who leave",
                List.of(new ChangedThing(KIND, KIND, null, before == null ? "{}" : before, state())));
    }

    private static void check(Rules rules) {
        if (rules.offers().isEmpty() || rules.offers().size() > MOST_OFFERS) {
            throw new BadRules("Between one and " + MOST_OFFERS + " offers.");
        }
        Set<String> names = new HashSet<>();
        for (Offer offer : rules.offers()) {
            if (offer.name().isBlank()
                    || offer.name().length() > LONGEST_NAME
                    || offer.meaning().length() > LONGEST_MEANING) {
                throw new BadRules("An offer has a name of up to " + LONGEST_NAME
                        + " characters and a meaning of up to " + LONGEST_MEANING + ".");
            }
            if (!names.add(offer.name().toLowerCase(java.util.Locale.ROOT))) {
                throw new BadRules("“" + offer.name() + "” stands there twice.");
            }
        }
        for (int days : rules.waits().values()) {
            if (days < 0 || days > LONGEST_WAIT) {
                throw new BadRules("A waiting time is between 0 and " + LONGEST_WAIT + " days, or empty for never.");
            }
        }
        if (rules.keptDays() < 1 || rules.keptDays() > LONGEST_CHECK) {
            throw new BadRules("A save is checked after 1 to " + LONGEST_CHECK + " days.");
        }
    }

    private String write(Rules rules) {
        Map<String, Integer> waits = new TreeMap<>();
        rules.waits().forEach((category, days) -> waits.put(category.key(), days));
        return json.writeValueAsString(new Stored(rules.offers(), waits, rules.keptDays()));
    }

    private Rules read(String state) {
        Stored stored = json.readValue(state, Stored.class);
        Map<ReasonCategory, Integer> waits = new EnumMap<>(ReasonCategory.class);
        stored.waits().forEach((key, days) -> ReasonCategory.of(key).ifPresent(one -> waits.put(one, days)));
        return new Rules(stored.offers(), waits, stored.keptDays());
    }

    private void store(String state) {
        database.sql("""
                insert into cancellations.rules (offers, waits, kept_days)
                select s -> 'offers', s -> 'waits', (s ->> 'keptDays')::int from (select cast(:state as jsonb) as s) said
                on conflict (only_one) do update set offers = excluded.offers, waits = excluded.waits,
                    kept_days = excluded.kept_days
                """).param("state", state).update();
    }

    /** What is said, as JSON; null while the shipped rules hold. */
    @Nullable
    String state() {
        return database.sql("""
                select jsonb_build_object('offers', offers, 'waits', waits, 'keptDays', kept_days)::text
                from cancellations.rules
                """).query(String.class).optional().orElse(null);
    }

    /** Puts back what {@link #state} said. */
    boolean restore(@Nullable String expected, @Nullable String state) {
        if (!Objects.equals(Objects.requireNonNullElse(state(), "{}"), expected)) {
            return false;
        }
        if (state == null || state.equals("{}")) {
            database.sql("delete from cancellations.rules").update();
        } else {
            store(state);
        }
        return true;
    }
}
