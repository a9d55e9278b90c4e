package io.perennial.programs;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has which program, as far as the viewer may see it. */
@Component
public class Enrolled {

    public static final int PAGE = 50;

    /** More words than that are a wrong column, not programs. */
    private static final int MOST_UNKNOWN = 20;

    private final JdbcClient database;

    Enrolled(JdbcClient database) {
        this.database = database;
    }

    /** @param chosen a person said so; otherwise the contract does */
    public record Row(
            AccountId account,
            String name,
            @Nullable String owner,
            int version,
            LocalDate from,
            @Nullable LocalDate until,
            boolean chosen) {}

    /** Contracts that name a program, themselves or in a line, which the catalogue does not have. */
    public record Unknown(String word, long contracts) {}

    /** Accounts that have a version on that day, by version. */
    public Map<UUID, Long> counts(Viewer viewer, LocalDate on) {
        Map<UUID, Long> counts = new HashMap<>();
        database.sql("""
                select e.version_id, count(distinct e.account_id) as accounts
                from programs.enrolment e join accounts.account a on a.id = e.account_id
                where e.version_id is not null and e.starts_on <= :on and (e.ends_on is null or e.ends_on > :on)
                  and (:everything or a.owner_id = :member)
                group by e.version_id
                """)
                .param("on", on)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(row -> {
                    counts.put(row.getObject(1, UUID.class), row.getLong(2));
                });
        return counts;
    }

    /** By name; {@link #PAGE} at a time. */
    public List<Row> accounts(UUID program, Viewer viewer, LocalDate on, int page) {
        return database.sql("""
                select a.id, a.name, m.name as owner, v.number, e.starts_on, e.ends_on, e.chosen_version_id is not null
                from programs.enrolment e
                join programs.version v on v.id = e.version_id
                join accounts.account a on a.id = e.account_id
                left join identity.team_member m on m.id = a.owner_id
                where v.program_id = :program and e.starts_on <= :on and (e.ends_on is null or e.ends_on > :on)
                  and (:everything or a.owner_id = :member)
                order by a.name, e.id limit :limit offset :skip
                """)
                .param("program", program)
                .param("on", on)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("limit", PAGE)
                .param("skip", (long) (page - 1) * PAGE)
                .query((row, number) -> new Row(
                        new AccountId(row.getObject(1, UUID.class)),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getObject(5, LocalDate.class),
                        row.getObject(6, LocalDate.class),
                        row.getBoolean(7)))
                .list();
    }

    /** Most contracts first. */
    public List<Unknown> unknown(Viewer viewer) {
        return database.sql("""
                select min(btrim(c.program)) as word, count(distinct c.contract_id) as contracts
                from (select id as contract_id, account_id, program from contracts.contract
                      union all select contract_id, account_id, program from contracts.contract_line) c
                join accounts.account a on a.id = c.account_id
                where btrim(c.program) <> '' and (:everything or a.owner_id = :member) and not exists (
                    select from programs.program p where lower(btrim(c.program)) in (p.key, lower(p.name)))
                group by lower(btrim(c.program)) order by 2 desc, 1 limit :limit
                """)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("limit", MOST_UNKNOWN)
                .query((row, number) -> new Unknown(row.getString(1), row.getLong(2)))
                .list();
    }
}
