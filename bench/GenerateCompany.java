import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Fills an empty company, by SQL alone, with many accounts and everything behind them. The product then finds every account changed
 * and computes its health. Arguments: the data directory of a running server, then options.
 */
public class GenerateCompany {

    private static long accounts = 100_000;
    private static long contacts = 1_000_000;
    private static long usage = 50_000_000;

    public static void main(String[] arguments) throws Exception {
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            long value = Long.parseLong(arguments[i + 1].replace("_", ""));
            switch (arguments[i]) {
                case "--accounts" -> accounts = value;
                case "--contacts" -> contacts = value;
                case "--usage" -> usage = value;
                default -> throw new IllegalArgumentException("There is no option " + arguments[i]);
            }
        }
        String url = Files.readString(Path.of(arguments[0], "connection")).strip();
        try (Connection connection = DriverManager.getConnection(url)) {
            if (count(connection, "select count(*) from accounts.account") > 0) {
                System.err.println("This company has accounts already. Generate into an empty data directory.");
                System.exit(1);
            }
            generate(connection, LocalDate.now(ZoneOffset.UTC));
        }
    }

    private static void generate(Connection connection, LocalDate today) throws SQLException {
        step(connection, "20 team members", """
                insert into identity.team_member (id, external_id, name, email, role, created_at, updated_at)
                select gen_random_uuid(), 'csm-' || n, 'Colleague ' || n, 'csm-' || n || '@example.com', 'CSM', now(), now()
                from generate_series(1, 20) n
                """);
        step(connection, accounts + " accounts", """
                insert into accounts.account (id, external_id, name, segment, stage, owner_id, industry, country, customer_since,
                    created_at, updated_at)
                select gen_random_uuid(), 'A-' || n,
                    (array['Aster','Birch','Cobalt','Delta','Ember','Fjord','Garnet','Harbor','Indigo','Juniper'])[1 + n %% 10]
                        || ' ' || (array['Logistics','Foods','Energy','Insurance','Robotics','Media','Textiles'])[1 + n %% 7] || ' ' || n,
                    case when n %% 10 = 0 then 'Enterprise' when n %% 10 < 4 then 'Mid-market' else 'SMB' end, 'Live',
                    (select id from identity.team_member where external_id = 'csm-' || (1 + n %% 20)),
                    (array['Logistics','Foods','Energy','Insurance','Robotics','Media','Textiles'])[1 + n %% 7],
                    (array['DE','FR','NL','SE','US'])[1 + n %% 5], date '%s' - (100 + n * 7919 %% 1500)::int, now(), now()
                from generate_series(1, %d) n
                """.formatted(today, accounts));
        step(connection, contacts + " contacts", """
                insert into accounts.contact (id, external_id, account_id, name, email, roles, created_at, updated_at)
                select gen_random_uuid(), 'P-' || n, a.id,
                    (array['Jon','Eva','Ola','Dana','Mia','Luis','Nora','Tom'])[1 + n %% 8] || ' '
                        || (array['Dahl','Lie','Berg','Ilves','Okafor','Prado','Quist'])[1 + n %% 7] || ' ' || n,
                    'person' || n || '@example.com', case when n %% 10 = 0 then array['decision_maker'] else array['user'] end,
                    now(), now()
                from generate_series(1, %d) n
                join (select id, row_number() over (order by id) as r from accounts.account) a on a.r = 1 + n %% %d
                """.formatted(contacts, accounts));
        step(connection, accounts + " contract lines", """
                insert into contracts.contract_line (id, external_id, account_id, product, kind, seats, amount, period, currency,
                    starts_on, ends_on, auto_renew, created_at, updated_at)
                select gen_random_uuid(), 'L-' || external_id, id, 'Lumen', 'subscription', 5 + r %% 200, (1000 + r * 31 %% 90000), 'year',
                    case when r %% 5 = 0 then 'USD' else 'EUR' end, date '%1$s' - (r %% 300)::int, date '%1$s' + (365 - r %% 300)::int,
                    r %% 2 = 0, now(), now()
                from (select id, external_id, row_number() over (order by id) as r from accounts.account) a
                """.formatted(today));
        step(connection, 3 * accounts + " cases", """
                insert into cases.support_case (id, external_id, account_id, subject, opened_at, first_response_at, resolved_at, priority,
                    status, created_at, updated_at)
                select gen_random_uuid(), 'C-' || a.external_id || '-' || k, a.id, 'A question', t, t + interval '1 hour',
                    t + interval '1 day', 'medium', 'resolved', now(), now()
                from (select id, external_id, row_number() over (order by id) as r from accounts.account) a, generate_series(1, 3) k,
                    lateral (select timestamptz '%s 09:00Z' - make_interval(days => (2 + (r * 37 + k * 61) %% 170)::int) as t) at
                """.formatted(today));
        step(connection, 2 * accounts + " touchpoints", """
                insert into engagement.touchpoint (id, external_id, account_id, at, kind, direction, two_way, subject, created_at, updated_at)
                select gen_random_uuid(), 'T-' || a.external_id || '-' || k, a.id,
                    timestamptz '%s 13:00Z' - make_interval(days => (1 + (r * 13 + k * 47) %% 150)::int), 'call', 'both', true, 'A talk',
                    now(), now()
                from (select id, external_id, row_number() over (order by id) as r from accounts.account) a, generate_series(1, 2) k
                """.formatted(today));
        usage(connection, today);
        step(connection, "months of use to be packed", """
                insert into usage.unpacked select distinct account_id, date_trunc('month', day)::date from usage.account_day
                """);
        step(connection, "statistics", "analyze");
        step(connection, "overview rows", """
                insert into accounts.overview (account_id, external_id, name, segment, stage, owner_id)
                select id, external_id, name, segment, stage, owner_id from accounts.account on conflict do nothing
                """);
        step(connection, "every account marked changed", """
                insert into accounts.changed (account_id, marked_at) select id, now() from accounts.account on conflict do nothing
                """);
    }

    /** Ten features; as many days back as the wished number of rows needs. */
    private static void usage(Connection connection, LocalDate today) throws SQLException {
        step(connection, "10 features", """
                insert into usage.feature (name, level, first_used_on, created_at)
                select 'feature-' || n, case when n < 7 then 'basic' else 'advanced' end, date '%s' - 400, now()
                from generate_series(1, 10) n
                """.formatted(today));
        long perDay = accounts * 3;
        long days = Math.max(1, usage / perDay);
        for (LocalDate month = today.minusDays(days).withDayOfMonth(1); !month.isAfter(today); month = month.plusMonths(1)) {
            run(connection, "create table if not exists usage.daily_%1$tY_%1$tm partition of usage.daily for values from ('%2$s') to ('%3$s')"
                    .formatted(month, month, month.plusMonths(1)));
        }
        long started = System.nanoTime();
        for (int ago = (int) days; ago >= 1; ago--) {
            LocalDate day = today.minusDays(ago);
            run(connection, """
                    insert into usage.daily (day, account_id, feature_id, events, users)
                    select date '%1$s', a.id, f.id, 5 + (a.r * f.id + %2$d * 31) %% 40, 1 + (a.r + %2$d) %% 9
                    from (select id, row_number() over (order by id) as r from accounts.account) a
                    join usage.feature f on f.id %% 10 in ((a.r + %2$d) %% 10, (a.r + 3) %% 10, (a.r + 6) %% 10)
                    """.formatted(day, ago));
            run(connection, """
                    insert into usage.account_day (account_id, day, events, active_users, seconds, errors, features)
                    select account_id, day, sum(events), max(users), 0, 0, array_agg(feature_id order by feature_id)
                    from usage.daily where day = '%s' group by account_id, day
                    """.formatted(day));
            run(connection, """
                    insert into usage.company_day (day, events, active_users, accounts)
                    select day, sum(events), sum(active_users), count(*) from usage.account_day where day = '%s' group by day
                    """.formatted(day));
            if (ago % 10 == 0) {
                System.out.printf("  usage: %d days to go, %d s%n", ago, (System.nanoTime() - started) / 1_000_000_000);
            }
        }
    }

    private static void step(Connection connection, String what, String sql) throws SQLException {
        long started = System.nanoTime();
        run(connection, sql);
        System.out.printf("%s (%.1f s)%n", what, (System.nanoTime() - started) / 1e9);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("%%", "%"));
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
