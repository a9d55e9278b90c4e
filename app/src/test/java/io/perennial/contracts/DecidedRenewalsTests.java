package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.measures.DecidedRenewal;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who was kept when a term ended, against a look at each term by itself. */
@PerennialTest
class DecidedRenewalsTests {

    private static final LocalDate FROM = LocalDate.of(2024, 11, 24);
    private static final LocalDate TO = LocalDate.of(2026, 11, 24);
    private static final int CUSTOMERS = 60;

    @Autowired
    JdbcClient database;

    @Autowired
    ContractRenewals renewals;

    @Test
    void whoeverStillRunsAMonthAfterATermIsKept() {
        SplittableRandom chance = new SplittableRandom(20261124);
        Book book = new Book(database);
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            AccountId account = book.account("c" + customer, "Customer " + customer);
            for (int line = chance.nextInt(1, 7); line > 0; line--) {
                line(account, chance);
            }
            if (chance.nextInt(3) == 0) {
                notice(account, FROM.plusDays(chance.nextInt(800)));
            }
        }

        List<DecidedRenewal> decided = renewals.decided(FROM, TO);

        Set<DecidedRenewal> expected = termByTerm();
        assertThat(expected).extracting(DecidedRenewal::renewed).contains(true, false);
        assertThat(new HashSet<>(decided)).isEqualTo(expected);
        assertThat(decided).isSortedAccordingTo((one, other) -> one.decidedOn().compareTo(other.decidedOn()));
    }

    private void line(AccountId account, SplittableRandom chance) {
        LocalDate starts = FROM.minusDays(500).plusDays(chance.nextInt(1300));
        database.sql("""
                insert into contracts.contract_line (id, external_id, account_id, product, kind, amount, period, currency,
                    starts_on, ends_on, auto_renew, created_at, updated_at)
                values (:id, :name, :account, :product, :kind, 100, 'year', 'EUR', :starts, :ends, :auto, now(), now())
                """)
                .param("id", UUID.randomUUID())
                .param("name", UUID.randomUUID().toString())
                .param("account", account.value())
                .param("product", "Product " + chance.nextInt(3))
                .param("kind", new String[] {"subscription", null, "service"}[chance.nextInt(3)])
                .param("starts", starts)
                .param("ends", chance.nextInt(8) == 0 ? null : starts.plusDays(chance.nextInt(1, 500)))
                .param("auto", chance.nextInt(4) == 0)
                .update();
    }

    private void notice(AccountId account, LocalDate day) {
        database.sql("""
                insert into contracts.cancellation (id, external_id, account_id, cancelled_on, created_at, updated_at)
                values (:id, :name, :account, :day, now(), now())
                """)
                .param("id", UUID.randomUUID())
                .param("name", UUID.randomUUID().toString())
                .param("account", account.value())
                .param("day", day)
                .update();
    }

    private Set<DecidedRenewal> termByTerm() {
        record Run(UUID account, LocalDate starts, LocalDate until) {}

        List<Run> runs = database.sql("""
                select account_id, starts_on, least(runs_until, '2999-12-31') from contracts.runs
                where kind is null or kind = 'subscription'
                """)
                .query((row, number) -> new Run(
                        row.getObject(1, UUID.class),
                        row.getObject(2, LocalDate.class),
                        row.getObject(3, LocalDate.class)))
                .list();
        List<DecidedRenewal> found = new ArrayList<>();
        database.sql("""
                select t.account_id, t.ends_on, (
                    select min(c.cancelled_on) from contracts.cancellation c
                    where c.account_id = t.account_id and c.cancelled_on between t.ends_on - 364 and t.ends_on)
                from contracts.contract_line t
                where (t.kind is null or t.kind = 'subscription') and t.ends_on between :from and cast(:to as date) - 30
                """).param("from", FROM).param("to", TO).query(row -> {
            UUID account = row.getObject(1, UUID.class);
            LocalDate later = row.getObject(2, LocalDate.class).plusDays(30);
            LocalDate given = row.getObject(3, LocalDate.class);
            found.add(new DecidedRenewal(
                    new AccountId(account),
                    given == null ? later.minusDays(30) : given,
                    runs.stream()
                            .anyMatch(run -> run.account().equals(account)
                                    && !run.starts().isAfter(later)
                                    && run.until().isAfter(later))));
        });
        return new HashSet<>(found);
    }
}
