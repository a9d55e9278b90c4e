package io.perennial.success;

import io.perennial.shared.AccountId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of plans and their outcomes. */
@Repository
class PlanRows {

    private static final int MOST_OUTCOMES = 100;
    private static final int MOST_READINGS = 1_000;

    private final JdbcClient database;

    PlanRows(JdbcClient database) {
        this.database = database;
    }

    /** Those asked for, in that order. */
    List<Plan> plans(List<UUID> ids, LocalDate today) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.sql("""
                select p.*, a.name as account_name, coalesce(p.owner_id, a.owner_id) as leads, m.name as owner_name,
                    g.outcomes, g.reached, g.due, g.overdue, g.unmeasured, g.realised, g.realised_of_all, g.next_due_on
                from unnest(:ids) with ordinality k (id, place)
                join success.plan p on p.id = k.id
                join accounts.account a on a.id = p.account_id
                left join identity.team_member m on m.id = coalesce(p.owner_id, a.owner_id)
                left join success.progress(:ids, :today) g on g.plan_id = p.id
                order by k.place
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .param("today", today)
                .query(PlanRows::plan)
                .list();
    }

    /** Open ones first, then those closed last: one statement, since the page of every account asks it. */
    List<Plan> of(UUID account, LocalDate today, int limit) {
        return database.sql("""
                select p.*, a.name as account_name, coalesce(p.owner_id, a.owner_id) as leads, m.name as owner_name,
                    g.outcomes, g.reached, g.due, g.overdue, g.unmeasured, g.realised, g.realised_of_all, g.next_due_on
                from success.plan p
                join accounts.account a on a.id = p.account_id
                left join identity.team_member m on m.id = coalesce(p.owner_id, a.owner_id)
                left join success.progress(array(select k.id from success.plan k where k.account_id = :account), :today) g
                    on g.plan_id = p.id
                where p.account_id = :account
                order by p.phase = 'closed', p.closed_on desc nulls last, p.ends_on nulls last, p.id limit :limit
                """)
                .param("account", account)
                .param("today", today)
                .param("limit", limit)
                .query(PlanRows::plan)
                .list();
    }

    Optional<Plan> plan(UUID id, LocalDate today) {
        return plans(List.of(id), today).stream().findFirst();
    }

    /** By objective, what is due first first; with what they were over time. */
    List<Outcome> outcomes(UUID plan) {
        Map<UUID, List<Outcome.Point>> readings = new HashMap<>();
        database.sql("""
                select r.outcome_id, r.day, r.value from success.reading r join success.outcome o on o.id = r.outcome_id
                where o.plan_id = :plan order by r.day desc limit :most
                """).param("plan", plan).param("most", MOST_READINGS).query(row -> {
            readings.computeIfAbsent(row.getObject(1, UUID.class), first -> new ArrayList<>())
                    .addFirst(new Outcome.Point(row.getObject(2, LocalDate.class), row.getBigDecimal(3)));
        });
        return database.sql("""
                select o.*, min(coalesce(o.due_on, 'infinity'::date)) over (partition by coalesce(o.objective, o.name)) as objective_due
                from success.outcome o where o.plan_id = :plan
                order by objective_due, coalesce(o.objective, o.name), o.due_on nulls last, o.name, o.id limit :most
                """)
                .param("plan", plan)
                .param("most", MOST_OUTCOMES)
                .query((row, number) -> outcome(
                        row, Objects.requireNonNull(readings.getOrDefault(row.getObject("id", UUID.class), List.of()))))
                .list();
    }

    private static Plan plan(ResultSet row, int number) throws SQLException {
        return new Plan(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                row.getString("name"),
                row.getString("phase"),
                row.getObject("leads", UUID.class),
                row.getString("owner_name"),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("ends_on", LocalDate.class),
                row.getObject("closed_on", LocalDate.class),
                text(row, "result"),
                texts(row.getArray("features")),
                row.getBigDecimal("hours"),
                row.getBigDecimal("hour_cost"),
                row.getString("currency"),
                text(row, "blueprint"),
                text(row, "note"),
                row.getInt("version"),
                new Plan.Progress(
                        row.getInt("outcomes"),
                        row.getInt("reached"),
                        row.getInt("due"),
                        row.getInt("overdue"),
                        row.getInt("unmeasured"),
                        row.getBigDecimal("realised"),
                        row.getBigDecimal("realised_of_all"),
                        row.getObject("next_due_on", LocalDate.class)));
    }

    private static Outcome outcome(ResultSet row, List<Outcome.Point> readings) throws SQLException {
        Timestamp confirmed = row.getTimestamp("confirmed_at");
        java.math.BigDecimal weight = row.getBigDecimal("weight");
        String objective = text(row, "objective");
        return new Outcome(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                row.getObject("plan_id", UUID.class),
                objective.isEmpty() ? row.getString("name") : objective,
                row.getString("name"),
                text(row, "unit"),
                row.getBigDecimal("baseline"),
                row.getBigDecimal("target"),
                row.getBigDecimal("actual"),
                row.getObject("actual_on", LocalDate.class),
                text(row, "direction"),
                (Boolean) row.getObject("reached"),
                weight == null ? java.math.BigDecimal.ONE : weight,
                row.getObject("due_on", LocalDate.class),
                text(row, "measure"),
                text(row, "subject"),
                row.getBigDecimal("value"),
                row.getString("currency"),
                text(row, "value_basis"),
                row.getBigDecimal("realised"),
                row.getObject("reached_on", LocalDate.class),
                confirmed == null ? null : confirmed.toInstant(),
                text(row, "confirmed_by"),
                text(row, "confirmed_words"),
                row.getInt("version"),
                readings);
    }

    static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
