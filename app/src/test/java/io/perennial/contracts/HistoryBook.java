package io.perennial.contracts;

import io.perennial.contracts.RevenueHistories.History;
import io.perennial.contracts.RevenueHistories.Loss;
import io.perennial.contracts.RevenueHistories.Sold;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the facts of histories made by chance. */
public record HistoryBook(JdbcClient database, Book book) {

    public AccountId write(String name, History history) {
        AccountId account = book.account(name, name);
        write(account, history);
        return account;
    }

    void write(AccountId account, History history) {
        history.sold().forEach(sold -> line(account, sold));
        history.losses().forEach(loss -> lose(account, loss));
    }

    void line(AccountId account, Sold sold) {
        Book.Line line = book.line(account, sold.amount(), sold.from().toString())
                .per(sold.period())
                .of(sold.kind())
                .in(sold.currency())
                .dearerEachYear(sold.escalator());
        if (sold.until() != null) {
            line.until(sold.until().toString());
        }
        line.add();
    }

    void lose(AccountId account, Loss loss) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into contracts.cancellation (id, external_id, account_id, cancelled_on, reactivated, created_at,
                    updated_at)
                values (:id, :id::text, :account, :on, :back, now(), now())
                """)
                .param("id", id)
                .param("account", account.value())
                .param("on", loss.on())
                .param("back", loss.cameBack() ? Boolean.TRUE : null)
                .update();
    }
}
