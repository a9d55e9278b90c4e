package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads a case for its page. */
@Component
@Transactional(readOnly = true)
public class CaseReads {

    private final JdbcClient database;
    private final CaseClockwork clocks;
    private final CaseEntries entries;
    private final Queue queue;

    CaseReads(JdbcClient database, CaseClockwork clocks, CaseEntries entries, Queue queue) {
        this.database = database;
        this.clocks = clocks;
        this.entries = entries;
        this.queue = queue;
    }

    /** By number as people say it. */
    public Optional<UUID> numbered(long number) {
        return database.sql("select id from cases.support_case where number = :number")
                .param("number", number)
                .query(UUID.class)
                .optional();
    }

    /** Only what a list shows of it; empty when there is no such case in the viewer's portfolio. */
    public Optional<CaseRow> row(UUID id, Viewer viewer) {
        return queue.one(id, viewer);
    }

    /** Empty when there is no such case in the viewer's portfolio. */
    public Optional<CaseView> find(UUID id, Viewer viewer) {
        return queue.one(id, viewer)
                .flatMap(row -> database.sql("""
                        select c.external_id, c.impact, c.urgency, c.channel, c.cause, coalesce(c.reopened, 0) as reopened, c.approval,
                            c.approved_by, c.entitlement, c.attention, c.version, c.updated_at, c.repeats, c.split_from, c.merged_into,
                            c.contact_id, c.account_id, a.segment, o.renews_on,
                            p.name, p.email, p.title, coalesce(p.language, a.language) as language,
                            coalesce(p.time_zone, a.time_zone) as zone
                        from cases.support_case c
                        join accounts.account a on a.id = c.account_id
                        left join accounts.overview o on o.account_id = c.account_id
                        left join accounts.contact p on p.id = c.contact_id
                        where c.id = :id
                        """)
                        .param("id", id)
                        .query((found, number) -> view(row, found, viewer))
                        .optional());
    }

    private CaseView view(CaseRow row, ResultSet found, Viewer viewer) throws SQLException {
        UUID contact = found.getObject("contact_id", UUID.class);
        UUID merged = found.getObject("merged_into", UUID.class);
        return new CaseView(
                row,
                found.getString("external_id"),
                found.getString("impact"),
                found.getString("urgency"),
                found.getString("channel"),
                found.getString("cause"),
                found.getInt("reopened"),
                found.getString("approval"),
                found.getString("approved_by"),
                found.getString("entitlement"),
                found.getString("attention"),
                found.getString("segment"),
                found.getObject("renews_on", LocalDate.class),
                contact == null || found.getString("name") == null
                        ? null
                        : new CaseView.Person(
                                contact,
                                found.getString("name"),
                                found.getString("email"),
                                found.getString("title"),
                                found.getString("language"),
                                found.getString("zone")),
                new Seen(
                        found.getInt("version"),
                        found.getTimestamp("updated_at").toInstant()),
                entries.of(row.id()),
                clocks.of(row.id()),
                related(row.id(), viewer),
                history(row.id(), row.accountId()),
                merged == null ? null : other(merged),
                followers(row.id()),
                follows(row.id(), viewer));
    }

    private List<CaseView.Other> related(UUID id, Viewer viewer) {
        return database.sql("""
                select o.id, o.number, o.subject, o.state, o.opened_at, r.why
                from (
                    select repeats as id, 'asked before' as why from cases.support_case where id = :id
                    union all select id, 'asked again' from cases.support_case where repeats = :id
                    union all select split_from, 'split from' from cases.support_case where id = :id
                    union all select id, 'split off' from cases.support_case where split_from = :id
                    union all select id, 'merged into this' from cases.support_case where merged_into = :id
                    union all select other_id, 'linked' from cases.link where case_id = :id
                    union all select case_id, 'linked' from cases.link where other_id = :id) r
                join cases.support_case o on o.id = r.id
                join accounts.account a on a.id = o.account_id
                where (:everything or a.owner_id = :me)
                order by o.opened_at desc limit 20
                """)
                .param("id", id)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> other(row))
                .list();
    }

    /** What the same customer asked lately. */
    private List<CaseView.Other> history(UUID id, UUID account) {
        return database.sql("""
                select id, number, subject, state, opened_at, '' as why from cases.support_case
                where account_id = :account and id <> :id and merged_into is null
                order by opened_at desc limit 5
                """)
                .param("account", account)
                .param("id", id)
                .query((row, number) -> other(row))
                .list();
    }

    private CaseView.@Nullable Other other(UUID id) {
        return database.sql("""
                select id, number, subject, state, opened_at, '' as why from cases.support_case where id = :id
                """)
                .param("id", id)
                .query((row, number) -> other(row))
                .optional()
                .orElse(null);
    }

    private List<String> followers(UUID id) {
        return database.sql("""
                select m.name from cases.follower f join identity.team_member m on m.id = f.member_id
                where f.case_id = :id order by lower(m.name)
                """)
                .param("id", id)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private boolean follows(UUID id, Viewer viewer) {
        return database.sql("select exists (select from cases.follower where case_id = :id and member_id = :me)")
                .param("id", id)
                .param("me", viewer.memberId())
                .query(Boolean.class)
                .single();
    }

    static CaseView.Other other(ResultSet row) throws SQLException {
        String subject = row.getString("subject");
        return new CaseView.Other(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                subject == null ? String.format(Locale.ROOT, "Case %d", row.getLong("number")) : subject,
                CaseState.of(row.getString("state")),
                row.getTimestamp("opened_at").toInstant(),
                row.getString("why"));
    }
}
