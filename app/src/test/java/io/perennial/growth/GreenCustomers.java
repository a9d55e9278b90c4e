package io.perennial.growth;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers as lists see them once they are scored: healthy, unless a test says otherwise. */
public final class GreenCustomers {

    private final JdbcClient database;
    private final Book book;

    public GreenCustomers(JdbcClient database) {
        this.database = database;
        this.book = new Book(database);
    }

    public Book book() {
        return book;
    }

    /** A healthy customer of the segment that pays 12,000 EUR a year for the Planner, with so many licences. */
    public AccountId planner(String id, String name, String segment, int seats) {
        AccountId account = book.account(id, name);
        book.line(account, "1000", "2024-01-01").seats(seats).add();
        listed(account, segment, 12_000, "EUR", seats);
        return account;
    }

    /** As the accounts table shows it. */
    public void listed(AccountId account, String segment, int arr, String currency, @Nullable Integer seats) {
        database.sql("""
                insert into accounts.overview (account_id, external_id, name, segment, owner_id, arr, currency, seats, band, score)
                select a.id, a.external_id, a.name, nullif(:segment, ''), a.owner_id, :arr, :currency, :seats, 'HEALTHY', 85
                from accounts.account a where a.id = :id
                """)
                .param("id", account.value())
                .param("segment", segment)
                .param("arr", arr)
                .param("currency", currency)
                .param("seats", seats)
                .update();
    }

    public void band(AccountId account, String band) {
        set(account, "band = '" + band + "'");
    }

    public void seats(AccountId account, int seats) {
        set(account, "seats = " + seats);
    }

    /** Who used it in four weeks, and that its use is known up to this day. */
    public void used(AccountId account, int people, String until) {
        set(account, "active_users = " + people);
        database.sql("""
                insert into usage.adoption (account_id, until, segment, features, shares, renewed_at)
                values (:id, cast(:until as date), '', '{}', '{}', now())
                on conflict (account_id) do update set until = excluded.until
                """).param("id", account.value()).param("until", until).update();
    }

    /** The source of its use says nothing any more. */
    public void silent(AccountId account) {
        database.sql("update usage.adoption set held = true where account_id = :id")
                .param("id", account.value())
                .update();
    }

    public void ownedBy(AccountId account, java.util.UUID member) {
        database.sql("update accounts.account set owner_id = :member where id = :id")
                .param("id", account.value())
                .param("member", member)
                .update();
        set(account, "owner_id = '" + member + "'");
    }

    private void set(AccountId account, String what) {
        database.sql("update accounts.overview set changed_in = pg_current_xact_id(), " + what
                        + " where account_id = :id")
                .param("id", account.value())
                .update();
    }
}
