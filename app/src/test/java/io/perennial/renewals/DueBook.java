package io.perennial.renewals;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers with terms that end, and the people there. */
final class DueBook {

    final Book book;
    private final JdbcClient database;
    private final DueTerms terms;

    DueBook(JdbcClient database, DueTerms terms) {
        this.book = new Book(database);
        this.database = database;
        this.terms = terms;
    }

    /** A customer with one term of a year, 12,000 EUR, that is due on that day. */
    AccountId customer(String externalId, String name, String due) {
        AccountId account = book.account(externalId, name);
        LocalDate day = LocalDate.parse(due);
        book.line(account, "12000", day.minusYears(1).toString())
                .until(due)
                .per("year")
                .add();
        return account;
    }

    UUID contract(AccountId account, String externalId, Integer noticeDays) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into contracts.contract (id, external_id, account_id, notice_days, created_at, updated_at)
                values (:id, :external, :account, :days, now(), now())
                """)
                .param("id", id)
                .param("external", externalId)
                .param("account", account.value())
                .param("days", noticeDays)
                .update();
        return id;
    }

    /** Somebody at the customer with an address. */
    UUID person(AccountId account, String name, String role) {
        UUID id = book.contact(account, name, role, null, null);
        database.sql("update accounts.contact set email = :mail, title = 'Head of Operations' where id = :id")
                .param("mail", name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@customer.example")
                .param("id", id)
                .update();
        return id;
    }

    void ownedBy(AccountId account, UUID member) {
        database.sql("update accounts.account set owner_id = :owner where id = :id")
                .param("owner", member)
                .param("id", account.value())
                .update();
    }

    void healthOf(AccountId account, String band, double score) {
        database.sql("""
                insert into accounts.overview (account_id, band, score) values (:id, :band, :score)
                on conflict (account_id) do update set band = :band, score = :score
                """)
                .param("id", account.value())
                .param("band", band)
                .param("score", score)
                .update();
    }

    /** Gives notice on a day, for the day on which the term ends. */
    void cancels(AccountId account, String day, String effective) {
        database.sql("""
                insert into contracts.cancellation (id, external_id, account_id, cancelled_on, effective_on, created_at,
                    updated_at)
                values (:id, :id::text, :account, :day::date, :effective::date, now(), now())
                """)
                .param("id", UUID.randomUUID())
                .param("account", account.value())
                .param("day", day)
                .param("effective", effective)
                .update();
    }

    /** Everything as the background would have it by now. */
    void kept() {
        terms.keepAll();
    }

    /** The rows themselves, to see that nothing changed. */
    List<String> rows() {
        return database.sql("select r::text from renewals.renewal r order by id")
                .query(String.class)
                .list();
    }
}
