package io.perennial.success;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Chronicle;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads success plans with all that belongs to them. What lies outside a viewer's portfolio does not exist for that viewer. */
@Component
@Transactional(readOnly = true)
public class SuccessPlans {

    private static final int MOST = 50;

    private final JdbcClient database;
    private final PlanRows rows;
    private final PlanLog log;
    private final Clock clock;

    SuccessPlans(JdbcClient database, PlanRows rows, PlanLog log, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.log = log;
        this.clock = clock;
    }

    /** @param name empty when the contact is not known any more */
    public record Stakeholder(UUID id, UUID contact, String name, String role, boolean gone) {}

    public record Perceived(UUID id, Impact impact, LocalDate on, String by, String words) {}

    /** A task that belongs to the plan. */
    public record Owed(
            UUID id,
            String title,
            @Nullable LocalDate dueOn,
            @Nullable String owner,
            @Nullable Instant doneAt) {}

    /** @param known whether files or events ever named it */
    public record Feature(String name, String shown, boolean known) {}

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    public Optional<Plan> find(UUID id, Viewer viewer) {
        return visible(id, viewer) ? rows.plan(id, today()) : Optional.empty();
    }

    private boolean visible(UUID id, Viewer viewer) {
        return database.sql("""
                select exists (select from success.plan p join accounts.account a on a.id = p.account_id
                    where p.id = :id and (:everything or a.owner_id = :member))
                """)
                .param("id", id)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(Boolean.class)
                .single();
    }

    /** Whatever the portfolio: for the system itself and for programs that were checked at the door. */
    public Optional<Plan> find(UUID id) {
        return rows.plan(id, today());
    }

    public Optional<UUID> byExternalId(String externalId) {
        return database.sql("select id from success.plan where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .optional();
    }

    /** Open ones first, then those closed last. */
    public List<Plan> of(AccountId account) {
        return rows.of(account.value(), today(), MOST);
    }

    public List<Outcome> outcomes(UUID plan) {
        return rows.outcomes(plan);
    }

    public List<Stakeholder> stakeholders(UUID plan) {
        return database.sql("""
                select s.id, s.contact_id, s.role, coalesce(c.name, 'somebody who is not known any more') as name,
                    c.id is null or c.left_on <= :today as gone
                from success.stakeholder s left join accounts.contact c on c.id = s.contact_id
                where s.plan_id = :plan order by c.name, s.id limit 100
                """)
                .param("plan", plan)
                .param("today", today())
                .query((row, number) -> new Stakeholder(
                        row.getObject("id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        row.getString("name"),
                        row.getString("role"),
                        row.getBoolean("gone")))
                .list();
    }

    /** Latest first. */
    public List<Perceived> perceived(UUID plan) {
        return database.sql("""
                select * from success.impact where plan_id = :plan order by said_on desc, id desc limit 20
                """)
                .param("plan", plan)
                .query((row, number) -> new Perceived(
                        row.getObject("id", UUID.class),
                        Impact.find(row.getString("impact")).orElseThrow(),
                        row.getObject("said_on", LocalDate.class),
                        row.getString("said_by"),
                        PlanRows.text(row, "words")))
                .list();
    }

    /** Open ones first. */
    public List<Owed> tasks(UUID plan) {
        return database.sql("""
                select t.id, t.title, t.due_on, m.name as owner, t.done_at
                from success.plan_task l join engagement.task t on t.id = l.task_id
                left join identity.team_member m on m.id = t.owner_id
                where l.plan_id = :plan order by t.done_at nulls first, t.due_on nulls last, t.id limit 100
                """)
                .param("plan", plan)
                .query((row, number) -> new Owed(
                        row.getObject("id", UUID.class),
                        row.getString("title"),
                        row.getObject("due_on", LocalDate.class),
                        row.getString("owner"),
                        instant(row.getTimestamp("done_at"))))
                .list();
    }

    /** Of a plan, by name. */
    public List<Feature> features(Plan plan) {
        return database.sql("""
                select n.name, coalesce(f.shown_as, n.name) as shown, f.id is not null as known
                from unnest(:names) n (name) left join usage.feature f on f.name = n.name order by 2, 1
                """)
                .param("names", plan.features().toArray(String[]::new))
                .query((row, number) ->
                        new Feature(row.getString("name"), row.getString("shown"), row.getBoolean("known")))
                .list();
    }

    /** What the catalogue shows, by name: at most 500. */
    public List<Feature> catalogue() {
        return database.sql(
                        "select said, name from usage.catalogue where not hidden order by lower(name), id limit 500")
                .query((row, number) -> new Feature(row.getString("said"), row.getString("name"), true))
                .list();
    }

    /** Latest first. What was undone already cannot be undone again. */
    public List<Chronicle.Entry> history(UUID plan) {
        return log.of(plan);
    }

    /**
     * What a year brings the customer and costs them, in one currency.
     *
     * @param value of outcomes, each as far as it is reached
     * @param promised of the same when all are reached
     * @param contracts what runs today, a year
     * @param time hours of the customer's people, at their cost
     */
    public record Return(
            String currency,
            BigDecimal value,
            BigDecimal promised,
            BigDecimal contracts,
            @Nullable BigDecimal time) {

        public BigDecimal cost() {
            return time == null ? contracts : contracts.add(time);
        }

        /** Percent: (value − cost) ÷ cost; null without a cost. */
        public @Nullable BigDecimal percent() {
            return cost().signum() <= 0
                    ? null
                    : value.subtract(cost())
                            .multiply(BigDecimal.valueOf(100))
                            .divide(cost(), 1, java.math.RoundingMode.HALF_UP);
        }
    }

    /** By currency; amounts of different currencies are never set against each other. */
    public List<Return> returns(Plan plan) {
        return database.sql("""
                with cost as (
                    select l.currency, sum(contracts.annual_on(l.annual, l.escalator, l.starts_on, :today)) as annual
                    from contracts.contract_line l
                    where l.account_id = :account and l.starts_on <= :today and (l.ends_on is null or l.ends_on > :today)
                    group by 1
                ), worth as (
                    select o.currency, sum(o.value * coalesce(o.realised, 0)) as value, sum(o.value) as promised
                    from success.outcome o where o.plan_id = :plan and o.value is not null group by 1
                ), own as (
                    select p.currency, p.hours * p.hour_cost as spent from success.plan p
                    where p.id = :plan and p.hours is not null and p.hour_cost is not null and p.currency is not null
                )
                select k.currency, coalesce(w.value, 0) as value, coalesce(w.promised, 0) as promised,
                    coalesce(c.annual, 0) as annual, o.spent
                from (select currency from cost union select currency from worth union select currency from own) k
                left join cost c on c.currency = k.currency left join worth w on w.currency = k.currency
                left join own o on o.currency = k.currency
                order by 2 desc, 1
                """)
                .param("plan", plan.id())
                .param("account", plan.account().value())
                .param("today", today())
                .query((row, number) -> new Return(
                        row.getString("currency"),
                        row.getBigDecimal("value"),
                        row.getBigDecimal("promised"),
                        row.getBigDecimal("annual"),
                        row.getBigDecimal("spent")))
                .list();
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
