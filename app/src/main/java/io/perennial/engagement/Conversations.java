package io.perennial.engagement;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Read model: when anybody last spoke with the customers, and how often lately; automated sends do not count. */
@Component
class Conversations {

    /** Days that are lately. */
    static final int DAYS = 90;

    private final JdbcClient database;

    Conversations(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param customerSince only of those nobody spoke with lately
     * @param lastOn and kind of the last two-way touchpoint; null when there was none
     * @param lately how many in {@link #DAYS} days
     */
    record Spoken(
            @Nullable LocalDate customerSince,
            @Nullable LocalDate lastOn,
            @Nullable String kind,
            int lately) {

        private Spoken andOneMore(Spoken earlier) {
            return new Spoken(customerSince, lastOn, kind, lately + earlier.lately);
        }
    }

    /** Every account that exists. Read once for a query, however often it is asked. */
    Map<AccountId, Spoken> with(OverviewQuery query) {
        return query.once().of(this, () -> read(query));
    }

    private Map<AccountId, Spoken> read(OverviewQuery query) {
        Span span = query.once().span();
        return span == null ? asked(query) : known(query, span.of(this, () -> read(span)));
    }

    /** @param conversations before the last instant of a span, the latest first */
    private record History(@Nullable LocalDate customerSince, List<Conversation> conversations) {}

    private record Conversation(OffsetDateTime at, String kind) {}

    private Map<AccountId, History> read(Span span) {
        Map<AccountId, History> histories = HashMap.newHashMap(span.accounts().size());
        database.sql("select id, customer_since from accounts.account where id = any(:accounts)")
                .param("accounts", AccountIds.array(span.accounts()))
                .query(row -> {
                    histories.put(
                            new AccountId(row.getObject(1, UUID.class)),
                            new History(row.getObject(2, LocalDate.class), new ArrayList<>()));
                });
        database.sql("""
                select account_id, at, kind from engagement.touchpoint
                where account_id = any(:accounts) and conversation and at < :last
                order by account_id, at desc
                """)
                .param("accounts", AccountIds.array(span.accounts()))
                .param("last", span.last().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    History history = histories.get(new AccountId(row.getObject(1, UUID.class)));
                    if (history != null) {
                        history.conversations()
                                .add(new Conversation(row.getObject(2, OffsetDateTime.class), row.getString(3)));
                    }
                });
        return histories;
    }

    private static Map<AccountId, Spoken> known(OverviewQuery query, Map<AccountId, History> histories) {
        OffsetDateTime asOf = query.asOf().atOffset(ZoneOffset.UTC);
        OffsetDateTime since = asOf.minusDays(DAYS);
        Map<AccountId, Spoken> spoken = HashMap.newHashMap(query.accounts().size());
        for (AccountId account : query.accounts()) {
            History history = histories.get(account);
            if (history != null) {
                spoken.put(account, spoken(history, asOf, since));
            }
        }
        return spoken;
    }

    private static Spoken spoken(History history, OffsetDateTime asOf, OffsetDateTime since) {
        Conversation last = null;
        int lately = 0;
        for (Conversation one : history.conversations()) {
            if (one.at().isBefore(asOf)) {
                last = last == null ? one : last;
                if (one.at().isBefore(since)) {
                    break;
                }
                lately++;
            }
        }
        return new Spoken(
                lately > 0 ? null : history.customerSince(),
                last == null
                        ? null
                        : last.at().withOffsetSameInstant(ZoneOffset.UTC).toLocalDate(),
                last == null ? null : last.kind(),
                lately);
    }

    private Map<AccountId, Spoken> asked(OverviewQuery query) {
        Map<AccountId, Spoken> spoken = HashMap.newHashMap(query.accounts().size());
        OffsetDateTime asOf = query.asOf().atOffset(ZoneOffset.UTC);
        OffsetDateTime since = asOf.minusDays(DAYS);
        database.sql("""
                select account_id, (at at time zone 'UTC')::date, kind
                from engagement.touchpoint
                where account_id = any(:accounts) and conversation and at < :asOf and at >= :since
                order by account_id, at desc
                """)
                .param("accounts", AccountIds.array(query.accounts()))
                .param("asOf", asOf)
                .param("since", since)
                .query(row -> {
                    spoken.merge(
                            new AccountId(row.getObject(1, UUID.class)),
                            new Spoken(null, row.getObject(2, LocalDate.class), row.getString(3), 1),
                            Spoken::andOneMore);
                });
        silent(query, spoken, since);
        return spoken;
    }

    /** Those nobody spoke with lately. A look into the index per account, however long the history is. */
    private void silent(OverviewQuery query, Map<AccountId, Spoken> spoken, OffsetDateTime since) {
        List<AccountId> silent = query.accounts().stream()
                .filter(account -> !spoken.containsKey(account))
                .toList();
        if (silent.isEmpty()) {
            return;
        }
        database.sql("""
                select a.id, a.customer_since, (last.at at time zone 'UTC')::date, last.kind
                from accounts.account a
                left join lateral (
                    select t.at, t.kind from engagement.touchpoint t
                    where t.account_id = a.id and t.conversation and t.at < :since
                    order by t.at desc limit 1) last on true
                where a.id = any(:accounts)
                """)
                .param("accounts", AccountIds.array(silent))
                .param("since", since)
                .query(row -> {
                    spoken.put(
                            new AccountId(row.getObject(1, UUID.class)),
                            new Spoken(
                                    row.getObject(2, LocalDate.class),
                                    row.getObject(3, LocalDate.class),
                                    row.getString(4),
                                    0));
                });
    }
}
