package io.perennial.success;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Changes;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.success.PlanLog.About;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people decide about a plan: what it is called, until when, who has a part in it, what became of it. All can be undone. */
@Component
@Transactional
public class PlanWork {

    private static final int MOST_FEATURES = 50;
    private static final int MOST_PEOPLE = 50;

    private final JdbcClient database;
    private final SuccessPlans plans;
    private final PlanGate gate;
    private final OutcomeWork outcomes;
    private final Blueprints blueprints;
    private final Accounts accounts;
    private final Changes changes;
    private final PlanLog log;
    private final Clock clock;

    PlanWork(
            JdbcClient database,
            SuccessPlans plans,
            PlanGate gate,
            OutcomeWork outcomes,
            Blueprints blueprints,
            Accounts accounts,
            Changes changes,
            PlanLog log,
            Clock clock) {
        this.database = database;
        this.plans = plans;
        this.gate = gate;
        this.outcomes = outcomes;
        this.blueprints = blueprints;
        this.accounts = accounts;
        this.changes = changes;
        this.log = log;
        this.clock = clock;
    }

    /** @param change by which it can be undone; null when nothing changed */
    public record Begun(UUID plan, @Nullable UUID change) {}

    public static boolean mayWrite(Viewer viewer) {
        return viewer.role().mayWork();
    }

    private static About about(Plan plan) {
        return new About(plan.id(), plan.account(), plan.name() + " of " + plan.accountName());
    }

    /**
     * @param key of the form: sent twice it is one plan
     * @param blueprint key of the one it begins with; empty for none
     */
    public Begun create(AccountId account, PlanDraft typed, String key, String blueprint, Viewer viewer) {
        PlanGate.require(viewer);
        AccountCard card = accounts.find(account, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such customer among yours."));
        PlanDraft draft = typed.checked();
        if (!key.matches("[A-Za-z0-9-]{1,80}")) {
            throw new SuccessRefused("The form is not one of ours. Open it again.");
        }
        UUID known = plans.byExternalId("plan-" + key).orElse(null);
        if (known != null) {
            return new Begun(known, null);
        }
        Blueprint from = blueprint.isEmpty()
                ? null
                : blueprints.find(blueprint).orElseThrow(() -> new SuccessRefused("There is no such blueprint."));
        UUID id = Ids.next();
        LocalDate begins = draft.startsOn().isEmpty() ? plans.today() : LocalDate.parse(draft.startsOn());
        List<OutcomeWork.Fresh> fresh = from == null ? List.of() : outcomes.of(from, begins);
        List<Row> rows = new ArrayList<>(List.of(new Row(PlanThing.PLAN, id)));
        fresh.forEach(one -> rows.add(new Row(PlanThing.OUTCOME, one.id())));
        UUID change = log.changed(
                new About(id, account, draft.name() + " of " + card.name()), "began it", rows, viewer.actor(), () -> {
                    database.sql("""
                            insert into success.plan (id, external_id, account_id, name, state, starts_on, blueprint, features,
                                created_at, updated_at)
                            values (:id, :external, :account, :name, 'open', :begins, nullif(:blueprint, ''), :features, :now, :now)
                            """)
                            .param("id", id)
                            .param("external", "plan-" + key)
                            .param("account", account.value())
                            .param("name", draft.name())
                            .param("begins", begins)
                            .param("blueprint", from == null ? "" : from.key())
                            .param("features", known(from == null ? List.of() : from.features()))
                            .param("now", Timestamp.from(clock.instant()))
                            .update();
                    store(id, draft);
                    fresh.forEach(one -> outcomes.insert(id, account, one));
                });
        changes.mark(List.of(account));
        return new Begun(id, change);
    }

    /** Those of the catalogue. */
    private String[] known(List<String> features) {
        return database.sql("select name from usage.feature where id <> 0 and name = any(:names) order by name")
                .param("names", features.toArray(String[]::new))
                .query(String.class)
                .list()
                .toArray(String[]::new);
    }

    public @Nullable UUID edit(UUID id, int seen, PlanDraft typed, Viewer viewer) {
        PlanDraft draft = typed.checked();
        Plan plan = gate.writable(id, viewer);
        if (PlanDraft.of(plan).equals(draft)) {
            return null;
        }
        if (plan.version() != seen) {
            throw new SuccessRefused(
                    "Somebody else changed this plan meanwhile. Nothing of yours was kept: look at it again.");
        }
        return change(plan, "described it anew", viewer, () -> store(id, draft));
    }

    private void store(UUID id, PlanDraft draft) {
        if (!draft.owner().isEmpty()
                && !database.sql("select exists (select from identity.team_member where id = :id and active)")
                        .param("id", UUID.fromString(draft.owner()))
                        .query(Boolean.class)
                        .single()) {
            throw new SuccessRefused("Choose somebody of the team.");
        }
        database.sql("""
                update success.plan set name = :name, starts_on = coalesce(cast(nullif(:starts, '') as date), starts_on),
                    ends_on = cast(nullif(:ends, '') as date), hours = cast(:hours as numeric),
                    hour_cost = cast(:cost as numeric), currency = nullif(:currency, ''), note = nullif(:note, ''),
                    owner_id = nullif(cast(nullif(:owner, '') as uuid), case when owner_id is null then
                        (select a.owner_id from accounts.account a where a.id = account_id) end)
                where id = :id
                """)
                .param("id", id)
                .param("name", draft.name())
                .param("starts", draft.startsOn())
                .param("ends", draft.endsOn())
                .param("hours", Typed.number(draft.hours(), ""))
                .param("cost", Typed.number(draft.hourCost(), ""))
                .param("currency", draft.currency())
                .param("note", draft.note())
                .param("owner", draft.owner())
                .update();
    }

    /**
     * @param state open, draft or closed
     * @param result what came of it, wanted when it is closed
     */
    public @Nullable UUID state(UUID id, String state, String result, Viewer viewer) {
        if (!List.of("draft", "open", "closed").contains(state)) {
            throw new SuccessRefused("A plan is a draft, open or closed.");
        }
        String words = Typed.words(result, "A result", 2_000);
        boolean closes = state.equals("closed");
        if (closes && words.isEmpty()) {
            throw new SuccessRefused("Say what came of it: the next plan learns from it.");
        }
        Plan plan = gate.writable(id, viewer);
        String did = closes ? "closed it" : state.equals("open") ? "opened it" : "made it a draft";
        return change(
                plan,
                did,
                viewer,
                () -> database.sql("""
                update success.plan set state = :state, closed_on = case when :closes then coalesce(closed_on, :today) end,
                    result = case when :closes then :result end
                where id = :id
                """)
                        .param("id", id)
                        .param("state", state)
                        .param("closes", closes)
                        .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                        .param("result", words)
                        .update());
    }

    /** @param names as files and events say; those not in the catalogue are refused */
    public @Nullable UUID features(UUID id, List<String> names, Viewer viewer) {
        List<String> wanted = names.stream()
                .filter(name -> !name.isBlank())
                .distinct()
                .sorted()
                .toList();
        if (wanted.size() > MOST_FEATURES) {
            throw new SuccessRefused("At most " + MOST_FEATURES + " features: those that the goals really need.");
        }
        Plan plan = gate.writable(id, viewer);
        List<String> fresh =
                wanted.stream().filter(name -> !plan.features().contains(name)).toList();
        if (known(fresh).length < fresh.size()) {
            throw new SuccessRefused("One of these features is not in the catalogue. Nothing was changed.");
        }
        return change(
                plan,
                "said which features serve the goals",
                viewer,
                () -> database.sql("update success.plan set features = :names, updated_at = :now where id = :id")
                        .param("id", id)
                        .param("names", wanted.toArray(String[]::new))
                        .param("now", Timestamp.from(clock.instant()))
                        .update());
    }

    private @Nullable UUID change(Plan plan, String did, Viewer viewer, Runnable work) {
        UUID change = log.changed(about(plan), did, List.of(new Row(PlanThing.PLAN, plan.id())), viewer.actor(), work);
        changes.mark(List.of(plan.account()));
        return change;
    }

    public @Nullable UUID addStakeholder(UUID id, String contact, String role, Viewer viewer) {
        Plan plan = gate.writable(id, viewer);
        String part = Typed.line(role, "A role", 100);
        if (part.isEmpty()) {
            throw new SuccessRefused("Say which part this person has, such as: sponsor.");
        }
        UUID person = contact(plan, contact);
        Optional<UUID> known = database.sql(
                        "select id from success.stakeholder where plan_id = :plan and contact_id = :contact")
                .param("plan", id)
                .param("contact", person)
                .query(UUID.class)
                .optional();
        if (known.isEmpty() && plans.stakeholders(id).size() >= MOST_PEOPLE) {
            throw new SuccessRefused("A plan has at most " + MOST_PEOPLE + " people.");
        }
        UUID row = known.orElseGet(Ids::next);
        return log.changed(
                about(plan),
                "named a stakeholder",
                List.of(new Row(PlanThing.STAKEHOLDER, row)),
                viewer.actor(),
                () -> database.sql("""
                        insert into success.stakeholder (id, plan_id, contact_id, role) values (:id, :plan, :contact, :role)
                        on conflict (plan_id, contact_id) do update set role = excluded.role
                        """)
                        .param("id", row)
                        .param("plan", id)
                        .param("contact", person)
                        .param("role", part)
                        .update());
    }

    public @Nullable UUID removeStakeholder(UUID id, UUID row, Viewer viewer) {
        Plan plan = gate.writable(id, viewer);
        return log.changed(
                about(plan),
                "took a stakeholder out",
                List.of(new Row(PlanThing.STAKEHOLDER, row)),
                viewer.actor(),
                () -> database.sql("delete from success.stakeholder where id = :id and plan_id = :plan")
                        .param("id", row)
                        .param("plan", id)
                        .update());
    }

    /** @param contact who said it; empty when it is somebody that {@code by} names */
    public @Nullable UUID perceived(
            UUID id, String impact, String contact, String by, String on, String words, Viewer viewer) {
        Plan plan = gate.writable(id, viewer);
        Impact said = Impact.find(impact)
                .orElseThrow(() -> new SuccessRefused("An impact is positive, neutral, none or negative."));
        UUID person = contact.isEmpty() ? null : contact(plan, contact);
        String name = person == null ? Typed.line(by, "A name", 200) : nameOf(person);
        if (name.isEmpty()) {
            throw new SuccessRefused("Say who of the customer said so.");
        }
        LocalDate typed = Typed.day(on);
        LocalDate day = typed == null ? plans.today() : typed;
        if (day.isAfter(plans.today())) {
            throw new SuccessRefused("That day is still to come.");
        }
        return writeImpact(
                about(plan), Ids.next(), said, person, name, day, Typed.words(words, "A word", 2_000), viewer.actor());
    }

    @Nullable
    UUID writeImpact(
            About plan,
            UUID id,
            Impact said,
            @Nullable UUID person,
            String name,
            LocalDate day,
            String words,
            io.perennial.shared.Actor actor) {
        UUID change = log.changed(
                plan,
                name + " perceives the impact as " + said.title().toLowerCase(java.util.Locale.ROOT),
                List.of(new Row(PlanThing.IMPACT, id)),
                actor,
                () -> database.sql("""
                        insert into success.impact (id, plan_id, account_id, impact, said_on, said_by, contact_id, words)
                        values (:id, :plan, :account, :impact, :on, :by, cast(:contact as uuid), nullif(:words, ''))
                        """)
                        .param("id", id)
                        .param("plan", plan.plan())
                        .param("account", plan.account().value())
                        .param("impact", said.key())
                        .param("on", day)
                        .param("by", name)
                        .param("contact", person)
                        .param("words", words)
                        .update());
        changes.mark(List.of(plan.account()));
        return change;
    }

    private UUID contact(Plan plan, String typed) {
        UUID id = Ids.read(typed).orElseThrow(() -> new SuccessRefused("Choose somebody of the customer."));
        return database.sql("select id from accounts.contact where id = :id and account_id = :account")
                .param("id", id)
                .param("account", plan.account().value())
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new SuccessRefused("Choose somebody of the customer."));
    }

    private String nameOf(UUID contact) {
        return database.sql("select name from accounts.contact where id = :id")
                .param("id", contact)
                .query(String.class)
                .single();
    }
}
