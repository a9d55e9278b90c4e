package io.perennial.growth.expansion;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads signals of growth. Of other people's customers nothing is told. */
@Component
public class ExpansionSignals {

    /** Of a list; the next ones follow with {@code after}. */
    public static final int PAGE = 50;

    private static final int MOST_CHOICES = 200;
    private static final String SEEN = "(:everything or o.owner_id = :member)";

    private final JdbcClient database;

    ExpansionSignals(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param state open, accepted or dismissed
     * @param kind key; empty for every one
     * @param segment empty for every one
     * @param owner id of a team member, {@code mine}, or empty for everybody's
     */
    public record Filter(String state, String kind, String segment, String owner, String words) {

        public static final Filter NONE = new Filter("open", "", "", "", "");

        public boolean isPlain() {
            return kind.isEmpty() && segment.isEmpty() && owner.isEmpty() && words.isEmpty();
        }

        public Filter of(String otherKind) {
            return new Filter(state, otherKind, segment, owner, words);
        }
    }

    /** @param next what follows; null at the end */
    public record Page(
            List<ExpansionSignal> signals, @Nullable UUID next) {}

    /** Estimates added up, with the sums of their lower and upper ends; those without an amount only count. */
    public record Sum(String currency, long n, BigDecimal low, BigDecimal amount, BigDecimal high) {}

    public record Run(Instant at, int accounts, int opened, int closed) {}

    private static String where(Filter filter) {
        return " where s.state = :state and " + SEEN + """
                 and (:kind = '' or s.kind = :kind) and (:segment = '' or o.segment = :segment)
                 and (cast(:owner as uuid) is null or o.owner_id = :owner)
                 and (:words = '' or o.name ilike :like)
                """;
    }

    private JdbcClient.StatementSpec asked(String sql, Filter filter, Viewer viewer) {
        return database.sql(sql)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("state", filter.state())
                .param("kind", filter.kind())
                .param("segment", filter.segment())
                .param("owner", owner(filter.owner(), viewer))
                .param("words", filter.words())
                .param("like", "%" + filter.words().replaceAll("([\\\\%_])", "\\\\$1") + "%");
    }

    private static @Nullable UUID owner(String owner, Viewer viewer) {
        if (owner.isEmpty()) {
            return null;
        }
        return owner.equals("mine") ? viewer.memberId() : UUID.fromString(owner);
    }

    /** Open ones by what they may be worth at the company's rates, decided ones by when. */
    public Page list(Filter filter, @Nullable UUID after, int limit, Viewer viewer) {
        boolean open = filter.state().equals("open");
        String key = open ? "s.worth" : "s.decided_at";
        String sql = ExpansionRows.SELECT + where(filter)
                + (after == null
                        ? ""
                        : " and (" + key + ", s.id) < (select " + key.replace("s.", "w.")
                                + ", w.id from growth.expansion_signal w where w.id = :after)")
                + " order by " + key + " desc, s.id desc limit :limit";
        JdbcClient.StatementSpec statement = asked(sql, filter, viewer).param("limit", limit + 1);
        List<ExpansionSignal> found = (after == null ? statement : statement.param("after", after))
                .query((row, number) -> ExpansionRows.signal(row))
                .list();
        boolean more = found.size() > limit;
        List<ExpansionSignal> shown = more ? found.subList(0, limit) : found;
        return new Page(shown, more ? shown.getLast().id() : null);
    }

    /** Per currency, the largest first. */
    public List<Sum> sums(Filter filter, Viewer viewer) {
        return asked("""
                select coalesce(s.currency, '') as currency, count(*) as n, coalesce(sum(s.low), 0) as low,
                    coalesce(sum(s.amount), 0) as amount, coalesce(sum(s.high), 0) as high
                from growth.expansion_signal s join accounts.overview o on o.account_id = s.account_id
                """ + where(filter) + " group by 1 order by sum(s.worth) desc, 1", filter, viewer)
                .query((row, number) -> new Sum(
                        row.getString("currency"),
                        row.getLong("n"),
                        row.getBigDecimal("low"),
                        row.getBigDecimal("amount"),
                        row.getBigDecimal("high")))
                .list();
    }

    /** By kind, whatever kind is asked for. */
    public Map<ExpansionKind, Long> counts(Filter filter, Viewer viewer) {
        Map<ExpansionKind, Long> counts = new LinkedHashMap<>();
        for (ExpansionKind kind : ExpansionKind.values()) {
            counts.put(kind, 0L);
        }
        Filter any = filter.of("");
        asked("""
                select s.kind, count(*) as n
                from growth.expansion_signal s join accounts.overview o on o.account_id = s.account_id
                """ + where(any) + " group by 1", any, viewer).query(row -> {
            Long many = row.getLong("n");
            ExpansionKind.find(row.getString("kind")).ifPresent(kind -> counts.put(kind, many));
        });
        return counts;
    }

    /** Segments in which customers are, in alphabetical order. */
    public List<String> segments() {
        return database.sql("""
                select segment from growth.peers where not everybody and segment <> '' order by segment limit :limit
                """)
                .param("limit", MOST_CHOICES)
                .query((row, number) -> row.getString(1))
                .list();
    }

    public record Owner(UUID id, String name) {}

    /** Team members who own a customer, by name. */
    public List<Owner> owners() {
        return database.sql("""
                select m.id, m.name from identity.team_member m
                where exists (select from accounts.account a where a.owner_id = m.id) order by m.name, m.id limit :limit
                """)
                .param("limit", MOST_CHOICES)
                .query((row, number) -> new Owner(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    public Optional<ExpansionSignal> find(UUID id, Viewer viewer) {
        return database.sql(ExpansionRows.SELECT + " where s.id = :id and " + SEEN)
                .param("id", id)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> ExpansionRows.signal(row))
                .optional();
    }

    /** Open ones of a customer, the dearest first. */
    public List<ExpansionSignal> of(AccountId account, int limit) {
        return database.sql(ExpansionRows.SELECT + """
                 where s.account_id = :account and s.state = 'open' order by s.worth desc, s.id desc limit :limit
                """)
                .param("account", account.value())
                .param("limit", limit)
                .query((row, number) -> ExpansionRows.signal(row))
                .list();
    }

    /** What is open at customers whom the viewer owns. */
    public Mine mine(Viewer viewer) {
        Filter own = new Filter("open", "", "", "mine", "");
        List<Sum> sums = sums(own, viewer);
        long n = sums.stream().mapToLong(Sum::n).sum();
        return new Mine(n, sums, n == 0 ? List.of() : list(own, null, 1, viewer).signals());
    }

    /** @param first the dearest */
    public record Mine(long n, List<Sum> sums, List<ExpansionSignal> first) {}

    public Optional<Run> lastRun() {
        return database.sql("select at, accounts, opened, closed from growth.expansion_run order by day desc limit 1")
                .query((row, number) -> new Run(
                        row.getTimestamp("at").toInstant(),
                        row.getInt("accounts"),
                        row.getInt("opened"),
                        row.getInt("closed")))
                .optional();
    }
}
