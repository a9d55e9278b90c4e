package io.perennial.defects;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much an account has to bear of what is broken. */
@Component
class DefectMeasures implements MeasureSource {

    static final String LOAD = "defect_load";

    private final JdbcClient database;

    DefectMeasures(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Measure> measures() {
        return List.of(new Measure(
                LOAD,
                "Defect load",
                "points",
                "defects",
                "Open defects that hit the account, by severity: " + Severity.CRITICAL.load() + " for a critical one, "
                        + Severity.MAJOR.load() + " for a major, " + Severity.MINOR.load() + " for a minor, none for a"
                        + " cosmetic. One hits from its first case of the account, from the day somebody said so, or, by"
                        + " rule, from the day it was found."));
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("select exists (select from defects.defect where found_at < :end)")
                .param("end", asOf.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    private static final class Load {

        private final Map<Severity, Integer> open = new EnumMap<>(Severity.class);

        void add(Severity severity, int number) {
            open.merge(severity, number, Integer::sum);
        }

        double points() {
            return open.entrySet().stream()
                    .mapToInt(entry -> entry.getKey().load() * entry.getValue())
                    .sum();
        }

        /** {@code 1 critical, 2 major}. */
        String words() {
            return "open defects: "
                    + open.entrySet().stream()
                            .map(entry ->
                                    entry.getValue() + " " + entry.getKey().key())
                            .collect(Collectors.joining(", "));
        }
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        Span span = query.once().span();
        Collection<AccountId> accounts = span == null
                ? query.accounts()
                : span.among(query.accounts(), this, all -> AccountIds.found(database, EVER_HIT, all));
        Map<AccountId, Load> loads = new HashMap<>();
        if (!accounts.isEmpty()) {
            read(accounts, query, loads);
        }
        for (AccountId account : query.accounts()) {
            Load load = loads.get(account);
            if (load == null) {
                into.read(account, LOAD, 0, query.today(), "no open defect is known");
            } else {
                into.read(account, LOAD, load.points(), query.today(), Objects.requireNonNull(load)::words);
            }
        }
    }

    private void read(Collection<AccountId> accounts, MeasureQuery query, Map<AccountId, Load> loads) {
        database.sql(OPEN)
                .param("accounts", AccountIds.array(accounts))
                .param("asOf", query.asOf().atOffset(ZoneOffset.UTC))
                .param("today", query.today())
                .query(row -> {
                    loads.computeIfAbsent(new AccountId(row.getObject(1, UUID.class)), none -> new Load())
                            .add(Severity.find(row.getString(2)).orElseThrow(), row.getInt(3));
                });
    }

    /** Some defect may have hit them, at any time. */
    private static final String EVER_HIT = """
            select c.account_id from cases.support_case c join defects.case_link l on l.case_id = c.id
            where c.account_id = any(:accounts)
            union
            select account_id from defects.account_mark where account_id = any(:accounts)
            union
            select a.id from accounts.account a join defects.scope s
                on s.segment is null or lower(a.segment) = lower(s.segment)
            where a.id = any(:accounts)
            """;

    private static final String OPEN = """
            with open as materialized (
                select id, severity from defects.defect
                where found_at < :asOf and (settled_at is null or settled_at >= :asOf)
            ), hit as (
                select c.account_id, l.defect_id
                from cases.support_case c join defects.case_link l on l.case_id = c.id
                where c.account_id = any(:accounts) and c.opened_at < :asOf
                union
                select account_id, defect_id from defects.account_mark
                where account_id = any(:accounts) and affected and marked_at < :asOf
                union
                select a.id, s.defect_id from defects.scope s
                join accounts.account a on s.segment is null or lower(a.segment) = lower(s.segment)
                where a.id = any(:accounts) and (s.product is null or exists (
                    select from contracts.contract_line x
                    where x.account_id = a.id and lower(x.product) = lower(s.product)
                      and x.starts_on <= :today and (x.ends_on is null or x.ends_on > :today)))
            )
            select h.account_id, o.severity, count(*)::int
            from hit h join open o on o.id = h.defect_id
            where not exists (select from defects.account_mark m
                where m.account_id = h.account_id and m.defect_id = h.defect_id and not m.affected and m.marked_at < :asOf)
            group by 1, 2
            """;
}
