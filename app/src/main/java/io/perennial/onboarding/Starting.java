package io.perennial.onboarding;

import io.perennial.accounts.Changes;
import io.perennial.onboarding.Plan.Planned;
import io.perennial.onboarding.Plan.Start;
import io.perennial.onboarding.Templates.Template;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedRows;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Begins onboardings: by hand, or with the first contract line that a template is for; that once for an account, ever. */
@Component
class Starting {

    static final String STARTED = "started it";

    /** Whoever is asked to verify access; more people are added by hand. */
    private static final int MOST_PEOPLE = 20;

    private static final int BATCH = 200;

    private final JdbcClient database;
    private final Templates templates;
    private final ChangedRows rows;
    private final OnboardingLog log;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;

    Starting(
            JdbcClient database,
            Templates templates,
            ChangedRows rows,
            OnboardingLog log,
            Audit audit,
            Changes changes,
            Clock clock) {
        this.database = database;
        this.templates = templates;
        this.rows = rows;
        this.log = log;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** @param change for undo */
    record Begun(UUID id, UUID change) {}

    /**
     * Begins what sales ask for and nothing has begun yet.
     *
     * @param accounts null: all of them
     * @return the new ones
     */
    @Transactional
    List<UUID> bySales(@Nullable Set<UUID> accounts) {
        LocalDate today = today();
        List<Template> all = templates.all();
        List<UUID> begun = new ArrayList<>();
        for (Template template : all) {
            if (template.resting() || template.plan().audience().start() == Start.NOBODY) {
                continue;
            }
            for (Sale sale : due(template, others(template, all), accounts, today)) {
                int first = database.sql("""
                        insert into onboarding.started (template_id, account_id, at) values (:template, :account, :now)
                        on conflict do nothing
                        """)
                        .param("template", template.id())
                        .param("account", sale.account())
                        .param("now", Timestamp.from(clock.instant()))
                        .update();
                if (first == 1) {
                    begun.add(begin(
                                    template,
                                    new AccountId(sale.account()),
                                    sale.contract(),
                                    sale.startsOn(),
                                    today,
                                    Actor.SYSTEM)
                            .id());
                }
            }
        }
        return begun;
    }

    private record Sale(UUID account, @Nullable UUID contract, LocalDate startsOn) {}

    /** Segments that have a template of their own: the general one leaves them alone. */
    private static String[] others(Template template, List<Template> all) {
        return template.plan().audience().start() != Start.NEW_CUSTOMERS
                ? new String[0]
                : all.stream()
                        .filter(one -> !one.resting() && one.plan().audience().start() == Start.SEGMENT)
                        .map(one -> one.plan().audience().subject().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new);
    }

    /** The first line of its kind that an account ever had, when it began since the template did. */
    private List<Sale> due(Template template, String[] others, @Nullable Set<UUID> accounts, LocalDate today) {
        Start start = template.plan().audience().start();
        String same = switch (start) {
            case PROGRAM -> " and lower(coalesce(l.program, c.program)) = lower(:subject)";
            case PRODUCT -> " and lower(l.product) = lower(:subject)";
            default -> "";
        };
        return database.sql("""
                select f.account_id, f.contract_id, f.starts_on from (
                    select distinct on (l.account_id) l.account_id, l.contract_id, l.starts_on
                    from contracts.contract_line l left join contracts.contract c on c.id = l.contract_id
                    where (:everybody or l.account_id = any(:accounts))
                """ + same + """
                    order by l.account_id, l.starts_on, l.id) f
                join accounts.account a on a.id = f.account_id
                where f.starts_on between :since and :today
                  and (:segment = '' or lower(a.segment) = lower(:segment))
                  and coalesce(lower(a.segment), '') <> all(:others)
                  and not exists (
                    select from onboarding.started s where s.template_id = :template and s.account_id = f.account_id)
                order by f.starts_on, f.account_id limit :batch
                """)
                .param("everybody", accounts == null)
                .param("accounts", accounts == null ? new UUID[0] : accounts.toArray(UUID[]::new))
                .param("subject", template.plan().audience().subject())
                .param(
                        "segment",
                        start == Start.SEGMENT ? template.plan().audience().subject() : "")
                .param("others", others)
                .param("since", template.since())
                .param("today", today)
                .param("template", template.id())
                .param("batch", BATCH)
                .query((row, number) -> new Sale(
                        row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getObject(3, LocalDate.class)))
                .list();
    }

    /** @param startedOn from which time to first value counts @param beginsOn before which no milestone opens */
    Begun begin(
            Template template,
            AccountId account,
            @Nullable UUID contract,
            LocalDate startedOn,
            LocalDate beginsOn,
            Actor actor) {
        Plan plan = template.plan();
        UUID id = Ids.next();
        Timestamp now = Timestamp.from(clock.instant());
        database.sql("""
                insert into onboarding.onboarding (id, external_id, account_id, contract_id, template, template_id,
                    template_number, way, contact_id, started_on, begins_on, write_to, help, task_after, total, created_at,
                    updated_at)
                values (:id, :external, :account, :contract, :template, :templateId, :number, :way, (
                        select c.id from accounts.contact c
                        where c.account_id = :account and (c.left_on is null or c.left_on > :begins) and c.email like '%_@_%'
                          and c.role_words && cast(:writeTo as text[])
                        order by array_position(cast(:writeTo as text[]), (
                            select r.role from unnest(cast(:writeTo as text[])) with ordinality as r (role, n)
                            where r.role = any(c.role_words) order by r.n limit 1)), c.name, c.id
                        limit 1),
                    :started, :begins, :writeTo, nullif(:help, ''), :taskAfter, :total, :now, :now)
                """)
                .param("id", id)
                .param("external", "onboarding-" + id)
                .param("account", account.value())
                .param("contract", contract, Types.OTHER)
                .param("template", plan.name())
                .param("templateId", template.id())
                .param("number", template.number())
                .param("way", plan.guided() ? "guided" : "automated")
                .param("started", startedOn)
                .param("begins", beginsOn.isBefore(startedOn) ? startedOn : beginsOn)
                .param("writeTo", plan.writeTo().toArray(String[]::new))
                .param("help", plan.help())
                .param("taskAfter", plan.taskAfter())
                .param("total", plan.milestones().size())
                .param("now", now)
                .update();
        milestones(id, account, plan, now);
        resources(id, plan);
        people(id, account, plan, beginsOn);
        changes.mark(List.of(account));
        UUID change = audit.record(
                actor,
                OnboardingUndo.KIND,
                "Onboarding of " + name(account) + " started: " + plan.name(),
                List.of(new ChangedThing(
                        Thing.ONBOARDING.type(), id.toString(), account, null, rows.state(Thing.ONBOARDING, id))));
        log.write(id, STARTED, actor, change);
        return new Begun(id, change);
    }

    private void milestones(UUID onboarding, AccountId account, Plan plan, Timestamp now) {
        int position = 0;
        for (Planned one : plan.milestones()) {
            UUID id = Ids.next();
            Condition begins = one.begins();
            database.sql("""
                    insert into onboarding.milestone (id, external_id, account_id, onboarding_id, position, name, ours, theirs,
                        days, after, begin_kind, begin_subject, begin_count, done_kind, done_subject, done_count, next,
                        first_value, need, created_at, updated_at)
                    values (:id, :external, :account, :onboarding, :position, :name, nullif(:ours, ''), nullif(:theirs, ''),
                        :days, :after, :beginKind, :beginSubject, :beginCount, :doneKind, :doneSubject, :doneCount,
                        nullif(:next, ''), :firstValue, :need, :now, :now)
                    """)
                    .param("id", id)
                    .param("external", "milestone-" + id)
                    .param("account", account.value())
                    .param("onboarding", onboarding)
                    .param("position", ++position)
                    .param("name", one.name())
                    .param("ours", one.ours())
                    .param("theirs", one.theirs())
                    .param("days", one.days())
                    .param("after", one.after().toArray(String[]::new))
                    .param("beginKind", begins == null ? null : begins.kind().key(), Types.VARCHAR)
                    .param("beginSubject", begins == null ? null : begins.subject(), Types.VARCHAR)
                    .param("beginCount", begins == null ? null : begins.count(), Types.INTEGER)
                    .param("doneKind", one.done().kind().key())
                    .param("doneSubject", one.done().subject(), Types.VARCHAR)
                    .param("doneCount", one.done().count())
                    .param("next", one.next())
                    .param("firstValue", one.firstValue())
                    .param(
                            "need",
                            one.done().kind() == Condition.Kind.RESOURCES
                                    ? Math.max(1, plan.setUp().size())
                                    : one.done().count())
                    .param("now", now)
                    .update();
        }
    }

    private void resources(UUID onboarding, Plan plan) {
        int position = 0;
        for (String name : plan.setUp()) {
            database.sql("""
                    insert into onboarding.resource (id, onboarding_id, position, name)
                    values (:id, :onboarding, :position, :name)
                    """)
                    .param("id", Ids.next())
                    .param("onboarding", onboarding)
                    .param("position", ++position)
                    .param("name", name)
                    .update();
        }
    }

    private void people(UUID onboarding, AccountId account, Plan plan, LocalDate today) {
        database.sql("""
                insert into onboarding.access (id, onboarding_id, contact_id)
                select gen_random_uuid(), :onboarding, c.id from accounts.contact c
                where c.account_id = :account and (c.left_on is null or c.left_on > :today)
                  and c.role_words && cast(:roles as text[])
                order by c.name, c.id limit :most
                """)
                .param("onboarding", onboarding)
                .param("account", account.value())
                .param("today", today)
                .param("roles", plan.writeTo().toArray(String[]::new))
                .param("most", MOST_PEOPLE)
                .update();
    }

    private String name(AccountId account) {
        return database.sql("select name from accounts.account where id = :id")
                .param("id", account.value())
                .query(String.class)
                .single();
    }

    LocalDate today() {
        Instant now = clock.instant();
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }
}
