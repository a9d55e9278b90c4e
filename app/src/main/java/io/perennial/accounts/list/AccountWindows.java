package io.perennial.accounts.list;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.perennial.accounts.list.AccountOrder.Account;
import io.perennial.accounts.list.AccountOrder.Line;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Windows on the whole result of a view, for the grid. The order is read once and kept for a while; a window is then
 * found by primary key, wherever it lies, and shows the values of now. So nothing jumps while somebody scrolls, however
 * many scores change meanwhile.
 */
@Component
public class AccountWindows {

    /** Orders are kept up to this many accounts together: about 32 MB. What falls out is read again. */
    private static final long MOST_KEPT = 2_000_000;

    private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);

    private final Cache<UUID, AccountOrder> orders = Caffeine.newBuilder()
            .expireAfterAccess(KEPT_UNUSED)
            .maximumWeight(MOST_KEPT)
            .weigher((UUID id, AccountOrder order) -> order.size() + 1)
            .build();

    private final JdbcClient database;
    private final AccountList list;

    AccountWindows(JdbcClient database, AccountList list) {
        this.database = database;
        this.list = list;
    }

    /** What an order answers: the view and the portfolio. */
    record Question(String sql, Map<String, Object> parameters, boolean grouped) {}

    /**
     * The order of a view.
     *
     * @param known an order that the asker has already; another one is made when it is no longer kept, or answers
     *     another view or portfolio
     */
    @Transactional(readOnly = true)
    public AccountOrder order(@Nullable UUID known, ListView view, Viewer viewer) {
        Question question = question(view, viewer);
        AccountOrder kept = known == null ? null : orders.getIfPresent(known);
        if (kept != null && kept.answers(question)) {
            return kept;
        }
        AccountOrder read = read(question);
        orders.put(read.id(), read);
        return read;
    }

    /** The rows of the accounts among these lines, by id; an account that has left the portfolio is missing. */
    @Transactional(readOnly = true)
    public Map<UUID, AccountRow> rows(List<Line> lines, Viewer viewer) {
        return byIds(
                lines.stream()
                        .filter(Account.class::isInstance)
                        .map(line -> ((Account) line).id())
                        .toList(),
                viewer);
    }

    /** The rows of some accounts as far as the viewer sees them. */
    @Transactional(readOnly = true)
    public Map<UUID, AccountRow> byIds(List<UUID> accounts, Viewer viewer) {
        return database
                .sql("select o.account_id, o.spark, " + AccountList.columns() + " from accounts.overview o"
                        + " where o.account_id = any(:accounts) and (:everything or o.owner_id = :member)")
                .param("accounts", accounts.toArray(UUID[]::new))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(AccountList::row)
                .list()
                .stream()
                .collect(Collectors.toMap(AccountRow::id, row -> row));
    }

    private Question question(ListView view, Viewer viewer) {
        Map<String, Object> parameters = new HashMap<>();
        ListColumn group = view.group();
        String sql = "select o.account_id"
                + (group == null ? "" : ", " + AccountList.headingSql(group) + " as heading")
                + " from accounts.overview o where " + list.conditions(view, viewer, parameters)
                + " order by " + AccountList.order(view);
        return new Question(sql, parameters, group != null);
    }

    private AccountOrder read(Question question) {
        Ordered ordered = new Ordered();
        database.sql(question.sql())
                .withFetchSize(10_000)
                .params(question.parameters())
                .query((ResultSet row) -> {
                    if (question.grouped()) {
                        ordered.under(Objects.requireNonNullElse(row.getString("heading"), ""));
                    }
                    ordered.add(row.getObject(1, UUID.class));
                });
        return ordered.answering(question);
    }

    /** An order in the making. */
    private static final class Ordered {

        private long[] accounts = new long[256];
        private int used;
        private final List<Integer> places = new ArrayList<>();
        private final List<String> headings = new ArrayList<>();

        void under(String heading) {
            if (headings.isEmpty() || !headings.getLast().equals(heading)) {
                places.add(used / 2 + headings.size());
                headings.add(heading);
            }
        }

        void add(UUID account) {
            if (used == accounts.length) {
                accounts = Arrays.copyOf(accounts, used * 2);
            }
            accounts[used++] = account.getMostSignificantBits();
            accounts[used++] = account.getLeastSignificantBits();
        }

        AccountOrder answering(Question question) {
            return new AccountOrder(
                    Ids.next(),
                    question,
                    Arrays.copyOf(accounts, used),
                    places.stream().mapToInt(Integer::intValue).toArray(),
                    List.copyOf(headings));
        }
    }
}
