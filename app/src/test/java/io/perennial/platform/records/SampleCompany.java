package io.perennial.platform.records;

import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A record type of our own with every kind of column, in a table that only tests have. */
@TestConfiguration(proxyBeanMethods = false)
public class SampleCompany {

    @Bean
    public RecordType samples(JdbcClient database) {
        database.sql("""
                create schema if not exists sample;
                create table if not exists sample.thing (
                    id uuid primary key, external_id text not null unique, name text not null,
                    parent_id uuid references sample.thing, owner_id uuid references identity.team_member,
                    amount numeric(14, 3), currency text, seats int not null default 1, starts_on date,
                    seen_at timestamptz, active boolean, roles text[] not null default '{}', zone text, stage text,
                    mail text, ratio numeric, secret text, code text unique, account_id uuid,
                    attributes jsonb not null default '{}', created_at timestamptz not null,
                    updated_at timestamptz not null, version int not null default 1)
                """).update();
        return new RecordType(
                "samples",
                "Samples",
                "Things with every kind of column.",
                "sample.thing",
                List.of(
                        Column.of("name", ColumnType.TEXT, "Name.", "Acme").requiredForNew(),
                        Column.reference("parent", "samples", "parent_id", "The thing above.", "s-1"),
                        Column.reference("owner", "team-members", "owner_id", "Who looks after it.", "m-1"),
                        Column.of("amount", ColumnType.MONEY, "Amount.", "12.50"),
                        Column.of("currency", ColumnType.CURRENCY, "Currency.", "USD"),
                        Column.of("seats", ColumnType.INTEGER, "Seats.", "10"),
                        Column.of("starts_on", ColumnType.DATE, "First day.", "2026-01-01"),
                        Column.of("seen_at", ColumnType.INSTANT, "Last seen.", "2026-01-01T10:00:00Z"),
                        Column.of("active", ColumnType.BOOLEAN, "Whether active.", "true"),
                        Column.of("roles", ColumnType.TEXT_LIST, "Roles.", "buyer|user"),
                        Column.of("zone", ColumnType.ZONE, "Zone.", "Europe/Berlin"),
                        Column.choice("stage", List.of("onboarding", "live"), "Stage.", "live"),
                        Column.of("mail", ColumnType.EMAIL, "Mail.", "ana@example.com"),
                        Column.of("code", ColumnType.TEXT, "Unique code.", "A1").upTo(20),
                        Column.of("ratio", ColumnType.DECIMAL, "Ratio.", "0.25")),
                "account_id",
                null);
    }
}
