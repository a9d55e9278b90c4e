package io.perennial.contracts;

import io.perennial.contracts.RevenueHistories.Agreement;
import io.perennial.contracts.RevenueHistories.History;
import io.perennial.contracts.RevenueHistories.Loss;
import io.perennial.contracts.RevenueHistories.Sold;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Writes the facts of histories made by chance, many at once or one after the other. */
public record HistoryBook(JdbcClient database, Book book) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int AT_ONCE = 500;

    private static final String ACCOUNTS = """
            insert into accounts.account (id, external_id, name, created_at, updated_at)
            select r.id, r.name, r.name, now(), now()
            from jsonb_to_recordset(cast(:rows as jsonb)) as r (id uuid, name text)""";

    private static final String CONTRACTS = """
            insert into contracts.contract (id, external_id, account_id, auto_renew, renewal_months, replaces, ends_on,
                created_at, updated_at)
            select r.id, r.id::text, r.account, r.itself, r.months, r.replaces, r.until, now(), now()
            from jsonb_to_recordset(cast(:rows as jsonb)) as r (id uuid, account uuid, itself boolean, months int,
                replaces uuid, until date)""";

    private static final String LINES = """
            insert into contracts.contract_line (id, external_id, account_id, contract_id, product, kind, amount, period,
                currency, starts_on, ends_on, scheduled_ends_on, auto_renew, escalator, uplift, discount, discount_ends_on,
                created_at, updated_at)
            select gen_random_uuid(), gen_random_uuid()::text, r.account, r.contract, r.product, r.kind, r.amount, r.period,
                r.currency, r.starts, r.until, r.agreed, r.itself, r.escalator, r.uplift, r.discount, r.discountends, now(), now()
            from jsonb_to_recordset(cast(:rows as jsonb)) as r (account uuid, contract uuid, product text, kind text,
                amount numeric, period text, currency text, starts date, until date, agreed date, itself boolean,
                escalator numeric, uplift numeric, discount numeric, discountends date)""";

    private static final String LOSSES = """
            insert into contracts.cancellation (id, external_id, account_id, contract_id, cancelled_on, effective_on,
                reactivated, created_at, updated_at)
            select gen_random_uuid(), gen_random_uuid()::text, r.account, r.contract, r.said, r.effective, r.back, now(), now()
            from jsonb_to_recordset(cast(:rows as jsonb)) as r (account uuid, contract uuid, said date, effective date,
                back boolean)""";

    public AccountId write(String name, History history) {
        AccountId account = book.account(name, name);
        write(account, history);
        return account;
    }

    void write(AccountId account, History history) {
        facts(account, history).forEach(Runnable::run);
    }

    /** Customers of these histories, in their order. */
    List<UUID> writeAll(List<History> histories) {
        List<UUID> written = new ArrayList<>();
        for (int from = 0; from < histories.size(); from += AT_ONCE) {
            Rows rows = new Rows();
            for (int place = from; place < Math.min(histories.size(), from + AT_ONCE); place++) {
                UUID id = UUID.randomUUID();
                rows.accounts.add(Map.of("id", id, "name", "account-" + place));
                rows.add(id, histories.get(place));
                written.add(id);
            }
            rows.write();
        }
        return written;
    }

    /** Contracts are written at once; lines and losses are left to the caller, in any order. */
    List<Runnable> facts(AccountId account, History history) {
        Rows rows = new Rows();
        rows.add(account.value(), history);
        rows.insert(CONTRACTS, rows.contracts);
        List<Runnable> facts = new ArrayList<>();
        rows.lines.forEach(line -> facts.add(() -> rows.insert(LINES, List.of(line))));
        rows.losses.forEach(loss -> facts.add(() -> rows.insert(LOSSES, List.of(loss))));
        return facts;
    }

    void lose(AccountId account, Loss loss) {
        Rows rows = new Rows();
        rows.add(account.value(), new History(List.of(), List.of(loss), List.of()));
        rows.insert(LOSSES, rows.losses);
    }

    private final class Rows {

        private final List<Map<String, ? extends @Nullable Object>> accounts = new ArrayList<>();
        private final List<Map<String, ? extends @Nullable Object>> contracts = new ArrayList<>();
        private final List<Map<String, ? extends @Nullable Object>> lines = new ArrayList<>();
        private final List<Map<String, ? extends @Nullable Object>> losses = new ArrayList<>();

        private void add(UUID account, History history) {
            List<UUID> ids = new ArrayList<>();
            for (Agreement agreement : history.contracts()) {
                UUID id = UUID.randomUUID();
                Map<String, @Nullable Object> row = new HashMap<>();
                row.put("id", id);
                row.put("account", account);
                row.put("itself", agreement.itself());
                row.put("months", agreement.renewalMonths());
                row.put("replaces", of(ids, agreement.replaces()));
                row.put("until", text(agreement.until()));
                contracts.add(row);
                ids.add(id);
            }
            for (Sold sold : history.sold()) {
                Map<String, @Nullable Object> row = new HashMap<>();
                row.put("account", account);
                row.put("contract", of(ids, sold.contract()));
                row.put("product", sold.product());
                row.put("kind", sold.kind());
                row.put("amount", sold.amount());
                row.put("period", sold.period());
                row.put("currency", sold.currency());
                row.put("starts", text(sold.from()));
                row.put("until", text(sold.until()));
                row.put("agreed", text(sold.agreed()));
                row.put("itself", sold.itself());
                row.put("escalator", sold.escalator());
                row.put("uplift", sold.uplift());
                row.put("discount", sold.discount());
                row.put("discountends", text(sold.discountEnds()));
                lines.add(row);
            }
            for (Loss loss : history.losses()) {
                Map<String, @Nullable Object> row = new HashMap<>();
                row.put("account", account);
                row.put("contract", of(ids, loss.contract()));
                row.put("said", text(loss.on()));
                row.put("effective", text(loss.effective()));
                row.put("back", loss.cameBack() ? Boolean.TRUE : null);
                losses.add(row);
            }
        }

        private static @Nullable UUID of(List<UUID> ids, @Nullable Integer place) {
            return place == null ? null : ids.get(place);
        }

        private static @Nullable String text(java.time.@Nullable LocalDate day) {
            return day == null ? null : day.toString();
        }

        private void write() {
            insert(ACCOUNTS, accounts);
            insert(CONTRACTS, contracts);
            insert(LINES, lines);
            insert(LOSSES, losses);
        }

        private void insert(String sql, List<Map<String, ? extends @Nullable Object>> rows) {
            if (!rows.isEmpty()) {
                database.sql(sql).param("rows", JSON.writeValueAsString(rows)).update();
            }
        }
    }

    /** Two accounts become one from now on, as they always had been. */
    void merge(UUID account, UUID into) {
        database.sql("""
                insert into contracts.account_merger (id, external_id, account_id, into_id, merged_on, created_at, updated_at)
                values (gen_random_uuid(), gen_random_uuid()::text, :account, :into, '2026-01-01', now(), now())
                """).param("account", account).param("into", into).update();
    }
}
