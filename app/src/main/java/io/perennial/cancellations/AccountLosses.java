package io.perennial.cancellations;

import io.perennial.contracts.ReasonCategory;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Read model of one customer: what was recorded, and what a form about it needs. Whoever asks may see the account. */
@Component
public class AccountLosses {

    /** Cancellations of one account that are shown. */
    private static final int SHOWN = 20;

    private final JdbcClient database;

    AccountLosses(JdbcClient database) {
        this.database = database;
    }

    /**
     * A cancellation on record.
     *
     * @param reason in the company's own words
     * @param withdrawn whether the customer came back or took the notice back
     */
    public record Recorded(
            UUID id,
            String externalId,
            int version,
            LocalDate cancelledOn,
            @Nullable LocalDate effectiveOn,
            String category,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable String competitor,
            @Nullable String contract,
            @Nullable String contractName,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable String comment,
            boolean withdrawn) {

        public String reasonTitle() {
            return ReasonCategory.titleOf(category);
        }

        /** The first day without the service, as far as the record says it. */
        public LocalDate lostOn() {
            return effectiveOn == null ? cancelledOn : effectiveOn;
        }

        /** As the form shows it again. */
        public CancellationDraft draft() {
            return new CancellationDraft(
                    cancelledOn.toString(),
                    effectiveOn == null ? "" : effectiveOn.toString(),
                    Objects.requireNonNullElse(reason, ""),
                    Objects.requireNonNullElse(detail, ""),
                    Objects.requireNonNullElse(competitor, ""),
                    Objects.requireNonNullElse(contract, ""),
                    amount == null ? "" : amount.toPlainString(),
                    Objects.requireNonNullElse(currency, ""),
                    Objects.requireNonNullElse(comment, ""),
                    false,
                    withdrawn);
        }
    }

    /** A contract of the account that can be chosen. */
    public record Agreement(
            String externalId, String title, @Nullable LocalDate endsOn) {}

    /** A line that runs on a day. */
    public record Line(
            String externalId,
            String product,
            @Nullable String contract,
            BigDecimal annual,
            String currency,
            @Nullable LocalDate endsOn,
            @Nullable LocalDate agreedUntil) {}

    /** Latest notice first. */
    public List<Recorded> of(AccountId account) {
        return database.sql(SELECT + """
                where c.account_id = :account order by c.cancelled_on desc, c.id limit :limit
                """)
                .param("account", account.value())
                .param("limit", SHOWN)
                .query((row, number) -> recorded(row))
                .list();
    }

    /** The same for several parts of one page about this account. */
    public List<Recorded> of(AccountId account, Once page) {
        return page.of(this, () -> of(account));
    }

    public Optional<Recorded> find(AccountId account, UUID loss) {
        return database.sql(SELECT + " where c.account_id = :account and c.id = :id")
                .param("account", account.value())
                .param("id", loss)
                .query((row, number) -> recorded(row))
                .optional();
    }

    private static final String SELECT = """
            select c.*, k.external_id as contract, coalesce(k.name, k.external_id) as contract_name
            from contracts.cancellation c left join contracts.contract k on k.id = c.contract_id
            """;

    public List<Agreement> contracts(AccountId account) {
        return database.sql("""
                select external_id, coalesce(name, external_id) as title, ends_on from contracts.contract
                where account_id = :account order by starts_on desc nulls last, id limit 100
                """)
                .param("account", account.value())
                .query((row, number) -> new Agreement(
                        row.getString("external_id"),
                        row.getString("title"),
                        row.getObject("ends_on", LocalDate.class)))
                .list();
    }

    /** Lines that bring something on that day or later, the dearest first. */
    public List<Line> lines(AccountId account, LocalDate day) {
        return database.sql("""
                select l.*, k.external_id as contract from contracts.contract_line l
                left join contracts.contract k on k.id = l.contract_id
                where l.account_id = :account and (l.ends_on is null or l.ends_on > :day)
                order by l.annual desc, l.id limit 1000
                """)
                .param("account", account.value())
                .param("day", day)
                .query((row, number) -> new Line(
                        row.getString("external_id"),
                        row.getString("product"),
                        row.getString("contract"),
                        row.getBigDecimal("annual"),
                        row.getString("currency"),
                        row.getObject("ends_on", LocalDate.class),
                        row.getObject("scheduled_ends_on", LocalDate.class)))
                .list();
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                row.getInt("version"),
                row.getObject("cancelled_on", LocalDate.class),
                row.getObject("effective_on", LocalDate.class),
                row.getString("category"),
                row.getString("reason"),
                row.getString("reason_detail"),
                row.getString("competitor"),
                row.getString("contract"),
                row.getString("contract_name"),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                row.getString("comment"),
                row.getBoolean("reactivated"));
    }
}
