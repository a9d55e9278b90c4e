package io.perennial.programs;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Customers between sale and service: their program began lately or begins soon, or Sales promised something, and nobody took
 * them over.
 */
@Component
public class WaitingHandOffs {

    /** More than that nobody hands over in a quarter; the page says when there are more. */
    public static final int MOST = 100;

    /** Before and after the first day of the program. */
    public static final int DAYS = 90;

    private final JdbcClient database;
    private final HandOffs handOffs;

    WaitingHandOffs(JdbcClient database, HandOffs handOffs) {
        this.database = database;
        this.handOffs = handOffs;
    }

    /**
     * @param begins first day of the program; null when the account has none
     * @param promises noted, of which {@code flagged} are neither covered nor settled
     * @param missing what keeps it from being handed over, in words; empty when somebody only has to do it
     */
    public record Row(
            AccountId account,
            String name,
            @Nullable String owner,
            @Nullable String program,
            @Nullable LocalDate begins,
            long promises,
            long flagged,
            List<String> missing) {}

    /** What begins first stands first; {@link #MOST} and one more, which tells that there are more. */
    public List<Row> list(Viewer viewer, LocalDate today) {
        return database.sql("""
                with begun as (
                    select distinct on (e.account_id) e.account_id, p.name || ' ' || v.number as program, e.starts_on
                    from programs.enrolment e
                    join programs.version v on v.id = e.version_id
                    join programs.program p on p.id = v.program_id
                    where e.starts_on <= :today + :days and (e.ends_on is null or e.ends_on > :today)
                    order by e.account_id, p.tier desc, e.starts_on desc
                ), promised as (
                    select account_id, count(*) as promises from programs.promise group by account_id
                )
                select a.id, a.name, m.name as owner, b.program, b.starts_on, coalesce(w.promises, 0) as promises,
                       h.confirmed_at is not null as confirmed,
                       exists (select from accounts.contact c where c.account_id = a.id and c.left_on is null) as people
                from accounts.account a
                left join begun b on b.account_id = a.id
                left join promised w on w.account_id = a.id
                left join programs.hand_off h on h.account_id = a.id
                left join identity.team_member m on m.id = a.owner_id
                where (b.starts_on >= :today - :days or w.account_id is not null) and h.completed_at is null
                  and (:everything or a.owner_id = :member)
                order by b.starts_on nulls last, a.name, a.id limit :limit
                """)
                .param("today", today)
                .param("days", DAYS)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("limit", MOST + 1)
                .query((row, number) -> {
                    AccountId account = new AccountId(row.getObject("id", UUID.class));
                    long promises = row.getLong("promises");
                    long flagged = promises == 0 ? 0 : handOffs.of(account).flagged();
                    return new Row(
                            account,
                            row.getString("name"),
                            row.getString("owner"),
                            row.getString("program"),
                            row.getObject("starts_on", LocalDate.class),
                            promises,
                            flagged,
                            missing(
                                    row.getString("program"),
                                    row.getString("owner"),
                                    row.getBoolean("people"),
                                    row.getBoolean("confirmed"),
                                    flagged));
                })
                .list();
    }

    private static List<String> missing(
            @Nullable String program, @Nullable String owner, boolean people, boolean confirmed, long flagged) {
        List<String> missing = new ArrayList<>();
        if (program == null) {
            missing.add("a program");
        }
        if (owner == null) {
            missing.add("an owner");
        }
        if (!people) {
            missing.add("a contact");
        }
        if (flagged > 0) {
            missing.add(flagged == 1 ? "a promise to settle" : flagged + " promises to settle");
        }
        if (!confirmed) {
            missing.add("the word that nothing else was promised");
        }
        return missing;
    }
}
