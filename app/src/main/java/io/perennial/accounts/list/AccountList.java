package io.perennial.accounts.list;

import io.perennial.accounts.list.ListSummary.Amount;
import io.perennial.identity.Viewer;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the accounts table within a viewer's portfolio. One statement a page, one for the sums. */
@Component
public class AccountList {

    /** Most rows one request may ask for. */
    public static final int LARGEST_PAGE = 200;

    private static final int MOST_GROUPS = 500;

    private final JdbcClient database;
    private final Roster roster;
    private final Clock clock;

    AccountList(JdbcClient database, Roster roster, Clock clock) {
        this.database = database;
        this.roster = roster;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public List<AccountRow> rows(ListView view, Viewer viewer, long offset, int limit) {
        return roster.ask(view, viewer, asked -> asked.window(Math.max(0, offset), Math.min(limit, LARGEST_PAGE)))
                .map(this::inOrder)
                .orElseGet(() -> rowsOfDatabase(view, viewer, offset, limit));
    }

    private List<AccountRow> inOrder(List<UUID> ids) {
        Map<UUID, AccountRow> found = new HashMap<>();
        database.sql("select o.account_id, o.spark, " + columns()
                        + " from accounts.overview o where o.account_id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query(AccountList::row)
                .list()
                .forEach(row -> found.put(row.id(), row));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private List<AccountRow> rowsOfDatabase(ListView view, Viewer viewer, long offset, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        String sql = "select o.account_id, o.spark, " + columns() + " from accounts.overview o where "
                + conditions(view, viewer, parameters) + " order by " + order(view) + " limit :limit offset :offset";
        parameters.put("limit", Math.min(limit, LARGEST_PAGE));
        parameters.put("offset", Math.max(0, offset));
        return database.sql(sql).params(parameters).query(AccountList::row).list();
    }

    /** One account's row; null when it is outside the portfolio. */
    @Transactional(readOnly = true)
    public @Nullable AccountRow one(UUID account, Viewer viewer) {
        return database.sql(
                        "select o.account_id, o.spark, " + columns()
                                + " from accounts.overview o where o.account_id = :account and (:everything or o.owner_id = :member)")
                .param("account", account)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(AccountList::row)
                .optional()
                .orElse(null);
    }

    /** Hands over every matching row, in order, without holding them all: for exports. */
    @Transactional(readOnly = true)
    public void each(ListView view, Viewer viewer, Consumer<AccountRow> reader) {
        Map<String, Object> parameters = new HashMap<>();
        String sql = "select o.account_id, o.spark, " + columns() + " from accounts.overview o where "
                + conditions(view, viewer, parameters) + " order by " + order(view);
        database.sql(sql).withFetchSize(1_000).params(parameters).query((ResultSet result) -> {
            reader.accept(row(result, 0));
        });
    }

    @Transactional(readOnly = true)
    public List<UUID> ids(ListView view, Viewer viewer) {
        Map<String, Object> parameters = new HashMap<>();
        return database.sql(
                        "select o.account_id from accounts.overview o where " + conditions(view, viewer, parameters))
                .params(parameters)
                .query((result, number) -> result.getObject(1, UUID.class))
                .list();
    }

    @Transactional(readOnly = true)
    public ListSummary summary(ListView view, Viewer viewer) {
        return summaries(view, viewer, null).stream()
                .findFirst()
                .orElse(new ListSummary(null, 0, List.of(), List.of(), Map.of()));
    }

    /** One summary per group of the view, in the order of the headings. */
    @Transactional(readOnly = true)
    public List<ListSummary> groups(ListView view, Viewer viewer) {
        return view.group() == null ? List.of() : summaries(view, viewer, view.group());
    }

    private List<ListSummary> summaries(ListView view, Viewer viewer, @Nullable ListColumn group) {
        return roster.ask(view, viewer, asked -> asked.sums(group))
                .map(sums -> sums.stream()
                        .limit(MOST_GROUPS)
                        .map(RosterSums::summary)
                        .toList())
                .orElseGet(() -> summariesOfDatabase(view, viewer, group));
    }

    private List<ListSummary> summariesOfDatabase(ListView view, Viewer viewer, @Nullable ListColumn group) {
        Map<String, Object> parameters = new HashMap<>();
        String heading = group == null ? "null::text" : headingSql(group);
        String sql = """
                select %s as heading, o.band, coalesce(o.currency, '') as currency, count(*) as accounts,
                       sum(o.arr) as arr, sum(o.arr) filter (where o.band = 'AT_RISK') as at_risk
                from accounts.overview o
                where %s
                group by 1, 2, 3
                order by 1 nulls last
                """.formatted(heading, conditions(view, viewer, parameters));
        Map<String, Sums> byHeading = new LinkedHashMap<>();
        database.sql(sql).params(parameters).query((ResultSet result) -> {
            String key = result.getString("heading");
            byHeading.computeIfAbsent(key == null ? "" : key, k -> new Sums()).add(result);
        });
        return byHeading.entrySet().stream()
                .limit(MOST_GROUPS)
                .map(entry -> entry.getValue().summary(group == null ? null : entry.getKey()))
                .toList();
    }

    static String headingSql(ListColumn group) {
        return group.kind() == ListColumn.Kind.DATE
                ? "to_char(" + group.sql() + ", 'YYYY-MM')"
                : group.sql() + "::text";
    }

    String conditions(ListView view, Viewer viewer, Map<String, Object> parameters) {
        List<String> conditions = new ArrayList<>();
        if (!viewer.everything()) {
            conditions.add("o.owner_id = :member");
            parameters.put("member", viewer.memberId());
        }
        if (!view.search().isEmpty()) {
            conditions.add("(o.name ilike :search or o.external_id = :searched)");
            parameters.put(
                    "search",
                    "%"
                            + view.search()
                                    .replace("\\", "\\\\")
                                    .replace("%", "\\%")
                                    .replace("_", "\\_") + "%");
            parameters.put("searched", view.search());
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (int i = 0; i < view.filters().size(); i++) {
            conditions.add(view.filters().get(i).sql(i, today, parameters));
        }
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    static String order(ListView view) {
        String direction = view.descending() ? " desc nulls last" : "";
        String own = view.sort().sql() + direction + ", o.account_id";
        return view.group() == null ? own : headingSql(view.group()) + " nulls last, " + own;
    }

    static String columns() {
        return Arrays.stream(ListColumn.values())
                .map(column -> column.sql() + " as " + column.key())
                .collect(Collectors.joining(", "));
    }

    static AccountRow row(ResultSet result, int number) throws SQLException {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (ListColumn column : ListColumn.values()) {
            values.put(column.key(), result.getObject(column.key()));
        }
        return new AccountRow(
                result.getObject("account_id", UUID.class), values, HealthWeek.scores(result.getArray("spark")));
    }

    /** Sums of one heading, over bands and currencies. */
    private static final class Sums {

        private long accounts;
        private final Map<String, BigDecimal> arr = new LinkedHashMap<>();
        private final Map<String, BigDecimal> atRisk = new LinkedHashMap<>();
        private final Map<String, Long> byBand = new LinkedHashMap<>();

        void add(ResultSet result) throws SQLException {
            long count = result.getLong("accounts");
            accounts += count;
            String band = result.getString("band");
            byBand.merge(band == null ? "UNKNOWN" : band, count, Long::sum);
            add(arr, result.getString("currency"), result.getBigDecimal("arr"));
            add(atRisk, result.getString("currency"), result.getBigDecimal("at_risk"));
        }

        private static void add(Map<String, BigDecimal> sums, String currency, @Nullable BigDecimal value) {
            if (value != null) {
                sums.merge(currency, value, BigDecimal::add);
            }
        }

        ListSummary summary(@Nullable String heading) {
            return new ListSummary(heading, accounts, amounts(arr), amounts(atRisk), byBand);
        }

        private static List<Amount> amounts(Map<String, BigDecimal> sums) {
            return sums.entrySet().stream()
                    .map(entry -> new Amount(entry.getKey(), entry.getValue()))
                    .sorted((a, b) -> b.value().compareTo(a.value()))
                    .toList();
        }
    }
}
