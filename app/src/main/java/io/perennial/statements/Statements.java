package io.perennial.statements;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads statements. What lies outside a viewer's portfolio does not exist for that viewer. */
@Component
@Transactional(readOnly = true)
public class Statements {

    public static final int PAGE = 50;

    private final JdbcClient database;
    private final StatementRows rows;
    private final Figures figures;
    private final Clock clock;

    Statements(JdbcClient database, StatementRows rows, Figures figures, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.figures = figures;
        this.clock = clock;
    }

    /** One in a list. */
    public record Item(
            UUID id,
            AccountId account,
            String accountName,
            @Nullable String segment,
            @Nullable String owner,
            LocalDate from,
            LocalDate until,
            String state,
            int number,
            @Nullable Instant sentAt) {

        public String period() {
            return Period.words(from, until);
        }
    }

    /** @param next for the following page; null on the last one */
    public record Page(List<Item> items, @Nullable UUID next) {}

    /** @param state draft, approved or sent; empty for every one */
    public record Filter(String state, boolean mine, String words) {}

    public record Made(int number, Instant at, String by) {}

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    boolean visible(AccountId account, Viewer viewer) {
        return database.sql("""
                select exists (select from accounts.account
                    where id = :id and (:everything or owner_id = :member))
                """)
                .param("id", account.value())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(Boolean.class)
                .single();
    }

    /** @param number of a version; null for the one that stands */
    public Optional<Statement> find(UUID id, @Nullable Integer number, Viewer viewer) {
        return rows.find(id, number).filter(found -> visible(found.account(), viewer));
    }

    /** Whatever the portfolio: for the system itself and for programs that were checked at the door. */
    public Optional<Statement> find(UUID id) {
        return rows.find(id, null);
    }

    /** What a statement would say now; nothing is kept. */
    public List<Line> preview(AccountId account, Period period) {
        return Objects.requireNonNull(figures.of(List.of(account.value()), period.from(), period.until())
                .get(account.value()));
    }

    public Optional<UUID> of(AccountId account, Period period) {
        return database.sql("""
                select id from statements.statement where account_id = :account and from_day = :from and until_day = :until
                """)
                .param("account", account.value())
                .param("from", period.from())
                .param("until", period.until())
                .query(UUID.class)
                .optional();
    }

    /** Latest first. */
    public List<Item> of(AccountId account, int limit) {
        return database.sql(ITEM + " where s.account_id = :account order by s.until_day desc, s.id desc limit :limit")
                .param("account", account.value())
                .param("limit", limit)
                .query((row, number) -> item(row))
                .list();
    }

    private static final String ITEM = """
            select s.*, a.name as account_name, a.segment, m.name as owner,
                (select max(x.sent_at) from statements.sending x where x.statement_id = s.id) as sent_at
            from statements.statement s
            join accounts.account a on a.id = s.account_id
            left join identity.team_member m on m.id = a.owner_id
            """;

    private static final String WHERE = """
             where (:everything or a.owner_id = :member) and (:state = '' or s.state = :state)
              and (not :mine or a.owner_id = :member) and (:words = '' or a.name ilike :like)
            """;

    private JdbcClient.StatementSpec asked(String sql, Filter filter, Viewer viewer) {
        return database.sql(sql)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("state", filter.state())
                .param("mine", filter.mine())
                .param("words", filter.words())
                .param("like", "%" + filter.words().replaceAll("([\\\\%_])", "\\\\$1") + "%");
    }

    /** The latest periods first. */
    public Page page(Filter filter, @Nullable UUID after, int size, Viewer viewer) {
        List<Item> found = asked(ITEM + WHERE + """
                                 and (cast(:after as uuid) is null or (s.until_day, s.id) <
                                    (select k.until_day, k.id from statements.statement k where k.id = :after))
                                order by s.until_day desc, s.id desc limit :limit
                                """, filter, viewer)
                .param("after", after)
                .param("limit", size + 1)
                .query((row, number) -> item(row))
                .list();
        boolean more = found.size() > size;
        List<Item> shown = more ? found.subList(0, size) : found;
        return new Page(shown, more ? shown.getLast().id() : null);
    }

    public long count(Filter filter, Viewer viewer) {
        return asked(
                        "select count(*) from statements.statement s join accounts.account a on a.id = s.account_id"
                                + WHERE,
                        filter,
                        viewer)
                .query(Long.class)
                .single();
    }

    /** Latest first; older ones stay as they were. */
    public List<Made> versions(UUID id) {
        return database.sql("""
                select number, made_at, made_by from statements.version where statement_id = :id
                order by number desc limit 50
                """)
                .param("id", id)
                .query((row, number) -> new Made(
                        row.getInt("number"), row.getTimestamp("made_at").toInstant(), row.getString("made_by")))
                .list();
    }

    private static Item item(java.sql.ResultSet row) throws java.sql.SQLException {
        Timestamp sent = row.getTimestamp("sent_at");
        return new Item(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                row.getString("segment"),
                row.getString("owner"),
                row.getObject("from_day", LocalDate.class),
                row.getObject("until_day", LocalDate.class),
                row.getString("state"),
                row.getInt("number"),
                sent == null ? null : sent.toInstant());
    }
}
