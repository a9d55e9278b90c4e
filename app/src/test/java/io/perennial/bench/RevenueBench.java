package io.perennial.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.contracts.RevenueLevels;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.revenue.Cohorts;
import io.perennial.metrics.revenue.Lifetimes;
import io.perennial.metrics.revenue.RevenueBoard;
import io.perennial.renewals.DueTerms;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * Retention by month, retention of a year by segment, and cohorts of a company with five years of contracts, beside DuckDB over the same
 * levels in its own columns, alternately in one run; and the pages that show them, as in production: what took long the first time is kept.
 */
@PerennialTest
@ExtendWith(FullSpeed.class)
@TestPropertySource(properties = "perennial.pages.kept-from=400ms")
class RevenueBench {

    private static final int ACCOUNTS = Integer.getInteger("bench.accounts", 100_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 15);
    private static final int BATCH = 5_000;
    private static final LocalDate FROM = LocalDate.of(2021, 12, 1);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final int AGES = 36;
    private static final int MOST_MILLIS = 500;

    private static final List<String> PAGES = List.of(
            "/revenue",
            "/revenue?by=segment",
            "/revenue?by=owner",
            "/revenue?definition=as_run",
            "/revenue?part=churn",
            "/revenue/months",
            "/revenue/months?from=2021-12-01",
            "/revenue/months?from=2021-12-01&definition=as_run",
            "/revenue/cohorts",
            "/revenue/cohorts?from=2021-12-01",
            "/revenue/cohorts?from=2021-12-01&definition=revenue_weighted",
            "/metrics/nrr",
            "/metrics/nrr?by=segment",
            "/metrics/grr?by=month",
            "/metrics/customer_churn_rate?by=country",
            "/metrics/contract_renewal_rate",
            "/metrics/contract_renewal_rate?by=month",
            "/metrics/on_time_renewal_rate",
            "/metrics/renewal_rate_acv",
            "/metrics/contract_renewal_rate?by=segment",
            "/metrics/contract_renewal_rate?by=cohort",
            "/metrics/contract_renewal_rate?definition=customers",
            "/metrics/win_back_rate",
            "/revenue?by=customer",
            "/revenue/survival",
            "/revenue/survival?by=segment",
            "/revenue/survival?by=owner",
            "/revenue/survival?definition=period&by=cohort",
            "/metrics/customer_lifetime",
            "/metrics/ltv?definition=revenue",
            "/sales",
            "/renewals",
            "/renewals/forecast",
            "/cancellations",
            "/profitability",
            "/areas",
            "/areas/critical",
            "/areas/service-sales");

    private static final List<String> COMPANY = List.of(
            "select setseed(0.5)",
            """
            insert into identity.team_member (id, external_id, name, email, created_at, updated_at)
            select gen_random_uuid(), 'm' || n, 'Member ' || n, 'm' || n || '@example.com', now(), now()
            from generate_series(0, 99) n""",
            """
            insert into accounts.account (id, external_id, name, segment, industry, country, owner_id, created_at, updated_at)
            select uuidv7(), 'a' || n, 'Company ' || n, (array['Large', 'Middle', 'Small'])[1 + n %% 3],
                'Industry ' || n %% 12, 'C' || n %% 30, m.id, now(), now()
            from generate_series(1, %1$d) n join identity.team_member m on m.external_id = 'm' || n %% 100""".formatted(ACCOUNTS),
            """
            insert into contracts.contract (id, external_id, account_id, created_at, updated_at)
            select uuidv7(), 'c-' || a.external_id, a.id, now(), now() from accounts.account a""",
            """
            create temp table strand as
            select d.id as account_id, c.id as contract_id, s,
                d.born + case when s = 1 then 0 else (random() * 500)::int end as starts,
                (500 + random() * 20000)::int as amount, d.lost,
                case when hashtext(d.external_id) % 50 = 0 then 'USD' else 'EUR' end as currency
            from (
                select id, external_id, date '2021-11-20' + (random() * random() * 1500)::int as born,
                    case when random() < 0.3 then date '2022-09-01' + (random() * 1500)::int end as lost
                from accounts.account) d
            join contracts.contract c on c.account_id = d.id
            cross join generate_series(1, 6) s""",
            """
            insert into contracts.contract_line (id, external_id, account_id, contract_id, product, kind, amount, period, currency,
                starts_on, ends_on, auto_renew, channel, created_at, updated_at)
            select uuidv7(), gen_random_uuid()::text, account_id, contract_id, 'Product ' || s,
                case when s = 6 then 'service' else 'subscription' end,
                (amount * (1 + 0.05 * t) * case when random() < .3 then 1 + random() * .4 - .15 else 1 end)::numeric(12,2),
                'year', currency,
                (starts + t * interval '1 year')::date + case when random() < .05 then 20 else 0 end,
                (starts + (t + 1) * interval '1 year')::date, true, (array['direct', 'partner', 'web'])[1 + s % 3], now(), now()
            from strand cross join generate_series(0, 4) t
            where (starts + t * interval '1 year')::date < coalesce(lost, '2026-12-20')
            order by account_id""",
            """
            insert into contracts.cancellation (id, external_id, account_id, cancelled_on, reason, created_at, updated_at)
            select gen_random_uuid(), gen_random_uuid()::text, account_id, lost, 'cost', now(), now()
            from strand where s = 1 and lost is not null and random() < .5""",
            "insert into contracts.exchange_rate values ('EUR', 1, true), ('USD', 1.1, false)");

    private static final String DUCK_MOVED = """
            select m.month, %s x.movement, count(*) as customers, sum(x.ended - x.started) as amount
            from (select * from (
                select account_id, month, started, ended, first_on,
                    case when started > 0 and ended = 0 then 'churn'
                        when started = 0 and ended > 0 then case when first_on >= month then 'new' else 'reactivation' end
                        when started = 0 then 'in_period' when ended > started then 'expansion'
                        when ended < started then 'contraction' else 'same' end as movement
                from (
                    select l.account_id, p.month, min(l.first_on) as first_on,
                        sum(case when l.from_day < p.month and l.until_day >= p.month then l.annual else 0 end) as started,
                        sum(case when l.from_day < p.next and l.until_day >= p.next then l.annual else 0 end) as ended
                    from level l join period p on l.from_day < p.next and l.until_day >= p.month
                    where l.state <> 'lapsed' or l.until_day > date '2026-11-24'
                    group by 1, 2)) x0) x
            join period m on m.month = x.month %s
            group by all order by all""";

    private static final String DUCK_COHORTS = """
            select date_trunc('month', b.first_on) as cohort, k.age, count(l.annual) as customers, sum(l.annual) as annual
            from (select account_id, min(first_on) as first_on from level group by 1 having min(first_on) >= date '2021-12-01') b
            join (select unnest(range(0, 37)) as age) k
                on date_trunc('month', b.first_on) + to_months((k.age + 1)::int) <= date '2026-11-25'
            left join level l on l.account_id = b.account_id and l.from_day <= b.first_on + to_months(k.age::int)
                and l.until_day > b.first_on + to_months(k.age::int)
                and (l.state <> 'lapsed' or l.until_day > date '2026-11-24')
            group by 1, 2 order by 1, 2""";

    private static final String DUCK_SURVIVAL = """
            with run as (
                select account_id, first_on, until_day,
                    lead(from_day) over (partition by account_id order by from_day) as next_on
                from level where state <> 'lapsed' or until_day > date '2026-11-24'
            ), life as (
                select l.account_id, a.segment, min(l.first_on) as born,
                    min(case when l.until_day <= date '2026-11-24' and (l.next_on is null or l.next_on > l.until_day)
                        then l.until_day end) as lost_on
                from run l join account a on a.account_id = l.account_id group by 1, 2
            )
            select s.*, sum(s.ends) over (partition by s.segment order by s.age desc) as at_risk
            from (
                select segment, coalesce(lost_on, date '2026-11-24') - born as age, count(*) as ends, count(lost_on) as lost
                from life where born >= date '2021-12-01' group by 1, 2) s""";

    @Autowired
    JdbcClient database;

    @Autowired
    DataSource pool;

    @Autowired
    Lifetimes lifetimes;

    @Autowired
    DueTerms renewals;

    @Autowired
    RevenueLevels levels;

    @Autowired
    RevenueBoard board;

    @Autowired
    Cohorts cohorts;

    @Autowired
    Metrics metrics;

    @Autowired
    People people;

    @TempDir
    Path directory;

    @Test
    void aCompanyWithFiveYearsOfContracts() throws Exception {
        long began = System.nanoTime();
        build();
        System.out.printf("written in %d s%n", seconds(began));
        began = System.nanoTime();
        while (levels.keep(BATCH) > 0) {
            Thread.onSpinWait();
        }
        System.out.printf("derived in %d s%n", seconds(began));
        began = System.nanoTime();
        renewals.keepAll();
        System.out.printf("renewals kept in %d s%n", seconds(began));
        database.sql("vacuum analyze").update();
        hold();
        System.out.printf("%,d lines, %,d levels%n", count("contract_line"), count("revenue_level"));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            load(duck);
            beside(duck);
        }
        pages();
    }

    /** With {@code -Dbench.hold=FILE} everything waits while that file exists, for whoever wants to look at plans. */
    private void hold() throws Exception {
        String file = System.getProperty("bench.hold", "");
        if (file.isEmpty()) {
            return;
        }
        try (Connection connection = pool.getConnection()) {
            Files.writeString(Path.of(file), connection.getMetaData().getURL());
        }
        while (Files.exists(Path.of(file))) {
            Thread.sleep(500);
        }
    }

    private void build() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : COMPANY) {
                statement.execute(sql);
            }
        }
        database.sql("analyze").update();
    }

    private void load(Connection duck) throws Exception {
        Path file = directory.resolve("levels.csv");
        try (Connection connection = pool.getConnection();
                OutputStream out = Files.newOutputStream(file)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("""
                    copy (select dense_rank() over (order by l.account_id) as account_id, a.segment, l.from_day,
                        least(l.until_day, '9999-12-31') as until_day,
                        round(case when l.currency = 'USD' then l.annual / 1.1 else l.annual end, 4) as annual, l.state, l.first_on
                    from contracts.revenue_level l join accounts.account a on a.id = l.account_id
                    order by l.account_id, l.from_day) to stdout (format csv, header)""", out);
        }
        try (Statement statement = duck.createStatement()) {
            statement.execute("create table level (account_id int, segment varchar, from_day date, until_day date,"
                    + " annual decimal(18,4), state varchar, first_on date)");
            statement.execute("insert into level select * from read_csv('" + file + "', header = true)");
            statement.execute("create table account as select distinct account_id, segment from level");
        }
    }

    private void beside(Connection duck) throws SQLException {
        Question months = question("nrr", FROM).by(Dimension.MONTH);
        Question year = question("nrr", TODAY.minusDays(364)).by(Dimension.SEGMENT);
        Question five = question("cohort_retention", FROM);
        Ratios byMonth = new Ratios("five years by month");
        Ratios bySegment = new Ratios("a year by segment");
        Ratios byCohort = new Ratios("cohorts of five years");
        Question lives = question("survival", FROM).by(Dimension.SEGMENT);
        Ratios survival = new Ratios("survival of five years by segment");
        try (Statement statement = duck.createStatement()) {
            for (int round = 0; round < ROUNDS; round++) {
                statement.execute("""
                        create or replace table period as select m::date as month, (m + interval 1 month)::date as next
                        from range(date '2021-12-01', date '2026-11-25', interval 1 month) t(m)""");
                long ours = millis(() -> assertThat(board.months(months, true)).hasSize(60));
                long theirs = millis(() -> drain(statement, DUCK_MOVED.formatted("", "")));
                byMonth.add(round, ours, theirs, "");
                statement.execute(
                        "create or replace table period as select date '2025-11-25' as month, date '2026-11-25' as next");
                ours = millis(
                        () -> assertThat(board.read(year, true, null, 1).cut()).isNotNull());
                theirs = millis(() -> drain(
                        statement,
                        DUCK_MOVED.formatted("a.segment,", "join account a on a.account_id = x.account_id")));
                bySegment.add(round, ours, theirs, "");
                ours = millis(() -> assertThat(cohorts.read(five, AGES)).isNotEmpty());
                theirs = millis(() -> drain(statement, DUCK_COHORTS));
                byCohort.add(round, ours, theirs, "");
                ours = millis(() -> assertThat(lifetimes.read(lives).groups()).hasSize(3));
                theirs = millis(() -> drain(statement, DUCK_SURVIVAL));
                survival.add(round, ours, theirs, "");
            }
        }
        byMonth.report(ACCOUNTS, "goal 1");
        bySegment.report(ACCOUNTS, "goal 1");
        byCohort.report(ACCOUNTS, "goal 1");
        survival.report(ACCOUNTS, "goal 1");
    }

    private Question question(String metric, LocalDate from) {
        return metrics.question(metrics.find(metric).orElseThrow(), "", from, TODAY.plusDays(1), null, null);
    }

    private void pages() {
        Visitor leader = people.leader();
        List<String> all = new ArrayList<>(PAGES);
        all.add("/contracts/"
                + database.sql("select id::text from contracts.contract limit 1")
                        .query(String.class)
                        .single());
        for (String page : all) {
            List<Long> times = new ArrayList<>();
            for (int round = 0; round < ROUNDS + 2; round++) {
                times.add(millis(() -> assertThat(
                                leader.send("GET", page, java.net.http.HttpRequest.BodyPublishers.noBody(), Map.of())
                                        .statusCode())
                        .isEqualTo(200)));
            }
            List<Long> warm = times.subList(2, times.size()).stream().sorted().toList();
            long worst = warm.get((int) Math.ceil(warm.size() * 0.95) - 1);
            System.out.printf(
                    "%-70s first %,6d ms, then median %,5d ms, 95 %% %,5d ms%s%n",
                    page, times.getFirst(), warm.get(warm.size() / 2), worst, worst < MOST_MILLIS ? "" : ", over 500");
        }
    }

    private static void drain(Statement statement, String sql) {
        try (ResultSet rows = statement.executeQuery(sql)) {
            int many = 0;
            while (rows.next()) {
                many++;
            }
            assertThat(many).isPositive();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(String table) {
        return database.sql("select count(*) from contracts." + table)
                .query(Long.class)
                .single();
    }

    private static long millis(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return Math.max(1, (System.nanoTime() - began) / 1_000_000);
    }

    private static long seconds(long began) {
        return (System.nanoTime() - began) / 1_000_000_000;
    }
}
