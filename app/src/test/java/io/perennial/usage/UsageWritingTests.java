package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class UsageWritingTests {

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    UsageFacts facts;

    final String harbor = "harbor";
    final String quill = "quill";

    @BeforeEach
    void twoCustomers() {
        facts = new UsageFacts(records);
        Book book = new Book(database);
        book.account(harbor, "Harbor Freight Lines");
        book.account(quill, "Quill & Sons");
    }

    @Test
    void aDayOfUseIsKeptPerUserAndFeatureAndSummedPerAccount() {
        facts.use(harbor, "2026-11-20", "export", "mia", 5)
                .use(harbor, "2026-11-20", "export", "tom", 3)
                .use(harbor, "2026-11-20", "reports", "mia", 2);

        assertThat(results(facts.written())).containsOnly(Result.CREATED);

        assertThat(accountDay(harbor, "2026-11-20")).isEqualTo("10 uses, 2 users, 2 features");
        assertThat(companyDay("2026-11-20")).isEqualTo("10 uses, 2 users, 1 accounts");
    }

    @Test
    void importingTheSameDayAgainWritesNothingAndMarksNobody() {
        facts.use(harbor, "2026-11-20", "export", "mia", 5).written();
        database.sql("delete from accounts.changed").update();

        List<RowOutcome> again =
                facts.use(harbor, "2026-11-20", "export", "mia", 5).written();

        assertThat(results(again)).containsExactly(Result.UNCHANGED);
        assertThat(changed()).isZero();
    }

    @Test
    void aCorrectedFigureReplacesTheOldOneInEverySum() {
        facts.use(harbor, "2026-11-20", "export", "mia", 5)
                .use(quill, "2026-11-20", "export", "ada", 7)
                .written();

        List<RowOutcome> corrected =
                facts.use(harbor, "2026-11-20", "export", "mia", 50).written();

        assertThat(results(corrected)).containsExactly(Result.UPDATED);
        assertThat(accountDay(harbor, "2026-11-20")).isEqualTo("50 uses, 1 users, 1 features");
        assertThat(companyDay("2026-11-20")).isEqualTo("57 uses, 2 users, 2 accounts");
    }

    @Test
    void aFigureThatTheRowDoesNotStateKeepsItsValue() {
        facts.row(harbor, "2026-11-20", Map.of("feature", "export", "events", 5L, "seconds", 900L))
                .written();

        facts.row(harbor, "2026-11-20", Map.of("feature", "export", "errors", 2L))
                .written();

        assertThat(database.sql("select events || ' ' || seconds || ' ' || errors from usage.daily")
                        .query(String.class)
                        .single())
                .isEqualTo("5 900 2");
    }

    @Test
    void activeUsersOfADayCountWithoutSayingWhatTheyUsed() {
        facts.row(harbor, "2026-11-20", Map.of("feature", "export", "events", 12L, "users", 3L))
                .activeUsers(harbor, "2026-11-20", 8)
                .written();

        assertThat(accountDay(harbor, "2026-11-20")).isEqualTo("12 uses, 8 users, 1 features");
    }

    @Test
    void aTotalBesideItsPartsIsNotCountedTwice() {
        facts.row(harbor, "2026-11-20", Map.of("feature", "export", "events", 12L))
                .row(harbor, "2026-11-20", Map.of("feature", "reports", "events", 8L))
                .row(harbor, "2026-11-20", Map.of("events", 20L))
                .written();

        assertThat(accountDay(harbor, "2026-11-20")).isEqualTo("20 uses, null users, 2 features");
    }

    @Test
    void factsWithIdsOfTheirOwnStandBesideEachOther() {
        facts.row("u-1", harbor, "2026-11-20", Map.of("feature", "export", "events", 5L))
                .row("u-2", harbor, "2026-11-20", Map.of("feature", "export", "events", 6L))
                .row("u-1", quill, "2026-11-20", Map.of("feature", "export", "events", 7L));

        assertThat(results(facts.written())).containsOnly(Result.CREATED);

        assertThat(companyDay("2026-11-20")).isEqualTo("18 uses, 0 users, 2 accounts");
    }

    @Test
    void anIdUsedTwiceForDifferentAccountsLosesNoFact() {
        facts.row("u-1", harbor, "2026-11-20", Map.of("feature", "export", "events", 5L))
                .written();
        facts.row("u-1", quill, "2026-11-20", Map.of("feature", "export", "events", 6L))
                .written();

        assertThat(companyDay("2026-11-20")).isEqualTo("11 uses, 0 users, 2 accounts");
    }

    @Test
    void theSameUseTwiceInOneFileIsAProblemNotALoss() {
        facts.use(harbor, "2026-11-20", "export", "mia", 5).use(harbor, "2026-11-20", "export", "mia", 6);

        List<RowOutcome> outcomes = facts.written();

        assertThat(results(outcomes)).containsExactly(Result.CREATED, Result.INVALID);
        assertThat(outcomes.get(1).problems().getFirst().code()).isEqualTo("duplicate");
    }

    @Test
    void useInTheFutureOrBelowZeroOrWithoutAnyFigureIsRefused() {
        facts.use(harbor, "2026-11-26", "export", "mia", 5)
                .use(harbor, "2026-11-20", "export", "mia", -1)
                .row(harbor, "2026-11-20", Map.of("feature", "reports"));

        List<RowOutcome> outcomes = facts.written();

        assertThat(outcomes)
                .flatExtracting(RowOutcome::problems)
                .extracting(RowOutcome.Problem::code)
                .containsExactly("out_of_range", "out_of_range", "required");
        assertThat(changed()).isZero();
    }

    @Test
    void lateAndRepeatedImportsLeaveSumsEqualToARecount() {
        Random random = new Random(7);
        String[] accounts = {harbor, quill};
        for (int file = 0; file < 25; file++) {
            for (int row = 0; row < 40; row++) {
                String day =
                        LocalDate.of(2026, 11, 20).minusDays(random.nextInt(70)).toString();
                String account = accounts[random.nextInt(2)];
                switch (random.nextInt(4)) {
                    case 0 -> facts.activeUsers(account, day, random.nextInt(20));
                    case 1 ->
                        facts.row(
                                account,
                                day,
                                Map.of(
                                        "feature",
                                        "f" + random.nextInt(4),
                                        "events",
                                        (long) random.nextInt(9),
                                        "users",
                                        4L));
                    case 2 ->
                        facts.row(
                                account,
                                day,
                                Map.of(
                                        "feature",
                                        "sales",
                                        "events",
                                        1L,
                                        "value",
                                        BigDecimal.valueOf(random.nextInt(900))));
                    default ->
                        facts.use(account, day, "f" + random.nextInt(4), "u" + random.nextInt(6), random.nextInt(9));
                }
            }
            facts.written();
            if (random.nextBoolean()) {
                pack();
            }
        }

        assertThat(differences()).isEmpty();
        pack();
        List<String> packedOnTheWay = packedMonths();
        database.sql("delete from usage.account_month").update();
        database.sql("""
                insert into usage.unpacked
                select distinct account_id, date_trunc('month', day)::date from usage.account_day
                """).update();
        pack();
        assertThat(packedMonths()).isNotEmpty().isEqualTo(packedOnTheWay);
    }

    private void pack() {
        database.sql("select usage.pack_due(array(select id from accounts.account))")
                .query(row -> {});
    }

    private List<String> packedMonths() {
        return database.sql("""
                select concat_ws(' ', account_id, month, used, days, features, logins) from usage.account_month
                order by account_id, month
                """)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
    }

    private List<String> differences() {
        return database.sql("""
                with facts as (
                    select account_id, day,
                        greatest(coalesce(sum(events) filter (where feature_id > 0), 0),
                            coalesce(sum(events) filter (where feature_id = 0), 0)) as events,
                        case when bool_or(user_id > 0 or users is not null) then greatest(
                            count(distinct nullif(user_id, 0)), coalesce(max(users), 0)) end as active_users
                    from usage.daily group by 1, 2
                ), company as (
                    select day, sum(events) as events, sum(coalesce(active_users, 0)) as active_users,
                        count(*) as accounts
                    from facts group by 1
                )
                select 'account ' || coalesce(f.day, d.day) from facts f
                full join usage.account_day d on d.account_id = f.account_id and d.day = f.day
                where (f.events, f.active_users) is distinct from (d.events::numeric, d.active_users::bigint)
                union all
                select 'company ' || coalesce(f.day, d.day) from company f
                full join usage.company_day d on d.day = f.day
                where (f.events, f.active_users, f.accounts)
                    is distinct from (d.events::numeric, d.active_users::numeric, d.accounts::bigint)
                """)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
    }

    private static List<Result> results(List<RowOutcome> outcomes) {
        return outcomes.stream().map(RowOutcome::result).toList();
    }

    private long changed() {
        return database.sql("select count(*) from accounts.changed")
                .query(Long.class)
                .single();
    }

    private String accountDay(String account, String day) {
        return database.sql("""
                select concat(events, ' uses, ', coalesce(active_users::text, 'null'), ' users, ',
                    cardinality(features), ' features')
                from usage.account_day d join accounts.account a on a.id = d.account_id
                where a.external_id = :account and day = :day::date
                """)
                .param("account", account)
                .param("day", day)
                .query(String.class)
                .single();
    }

    private String companyDay(String day) {
        return database.sql("""
                select concat(events, ' uses, ', active_users, ' users, ', accounts, ' accounts')
                from usage.company_day where day = :day::date
                """).param("day", day).query(String.class).single();
    }
}
