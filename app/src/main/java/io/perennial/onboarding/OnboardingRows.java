package io.perennial.onboarding;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Onboardings and their milestones as they are stored. */
@Repository
class OnboardingRows {

    static final String READ = """
            select o.*, a.external_id as account_external_id, a.name as account_name,
                coalesce(o.owner_id, a.owner_id) as responsible, m.name as owner_name, m.email as owner_email,
                n.name as next_name, n.theirs as next_theirs, n.opened_on as next_opened_on
            from onboarding.onboarding o
            join accounts.account a on a.id = o.account_id
            left join identity.team_member m on m.id = coalesce(o.owner_id, a.owner_id)
            left join onboarding.milestone n on n.id = o.next_milestone
            """;

    private final JdbcClient database;

    OnboardingRows(JdbcClient database) {
        this.database = database;
    }

    Optional<Onboarding> find(UUID id) {
        return database.sql(READ + " where o.id = :id")
                .param("id", id)
                .query((row, number) -> onboarding(row))
                .optional();
    }

    Optional<Onboarding> find(UUID id, Viewer viewer) {
        return database.sql(
                        READ + " where o.id = :id and (:everything or a.owner_id = :member or o.owner_id = :member)")
                .param("id", id)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> onboarding(row))
                .optional();
    }

    List<Onboarding> of(Collection<UUID> ids) {
        return database.sql(READ + " where o.id = any(:ids) order by o.id")
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> onboarding(row))
                .list();
    }

    /** Open ones first, then the latest. */
    List<Onboarding> of(AccountId account) {
        return database.sql(READ + """
                 where o.account_id = :account
                order by (o.finished_on is null and o.stopped_on is null) desc, o.started_on desc, o.id limit 50
                """)
                .param("account", account.value())
                .query((row, number) -> onboarding(row))
                .list();
    }

    List<Milestone> milestones(UUID onboarding) {
        return milestones(List.of(onboarding)).getOrDefault(onboarding, List.of());
    }

    /** By onboarding, in their order. */
    Map<UUID, List<Milestone>> milestones(Collection<UUID> onboardings) {
        return database
                .sql("""
                select * from onboarding.milestone where onboarding_id = any(:ids) order by onboarding_id, position, name
                """)
                .param("ids", onboardings.toArray(UUID[]::new))
                .query((row, number) -> milestone(row))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Milestone::onboarding));
    }

    static Onboarding onboarding(ResultSet row) throws SQLException {
        return new Onboarding(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_external_id"),
                row.getString("account_name"),
                row.getString("template"),
                row.getObject("template_id", UUID.class),
                row.getObject("template_number", Integer.class),
                row.getString("way"),
                row.getObject("contract_id", UUID.class),
                row.getObject("responsible", UUID.class),
                row.getString("owner_name"),
                row.getString("owner_email"),
                row.getObject("contact_id", UUID.class),
                row.getObject("started_on", LocalDate.class),
                day(row, "begins_on"),
                day(row, "told_on"),
                day(row, "first_value_on"),
                day(row, "finished_on"),
                day(row, "stopped_on"),
                row.getString("stopped_why"),
                texts(row.getArray("write_to")),
                row.getString("help"),
                row.getInt("task_after"),
                row.getInt("reached"),
                row.getInt("total"),
                row.getObject("next_milestone", UUID.class),
                row.getString("next_name"),
                row.getString("next_theirs"),
                day(row, "next_opened_on"),
                day(row, "next_slow_on"),
                day(row, "next_due_on"));
    }

    static Milestone milestone(ResultSet row) throws SQLException {
        String begin = row.getString("begin_kind");
        return new Milestone(
                row.getObject("id", UUID.class),
                row.getObject("onboarding_id", UUID.class),
                row.getInt("position"),
                row.getString("name"),
                Objects.requireNonNullElse(row.getString("ours"), ""),
                Objects.requireNonNullElse(row.getString("theirs"), ""),
                row.getObject("days", Integer.class),
                texts(row.getArray("after")),
                begin == null
                        ? null
                        : Condition.stored(begin, row.getString("begin_subject"), row.getInt("begin_count")),
                Condition.stored(row.getString("done_kind"), row.getString("done_subject"), row.getInt("done_count")),
                Objects.requireNonNullElse(row.getString("next"), ""),
                row.getBoolean("first_value"),
                day(row, "opened_on"),
                day(row, "slow_on"),
                day(row, "due_on"),
                row.getInt("have"),
                row.getInt("need"),
                day(row, "begun_on"),
                day(row, "progress_on"),
                day(row, "seen_on"),
                row.getString("evidence"),
                day(row, "reached_on"),
                row.getString("reached_by"),
                row.getBoolean("held"));
    }

    static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
