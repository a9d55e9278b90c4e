package io.perennial.usage;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import io.perennial.shared.Span;
import io.perennial.usage.Unheard.Knowledge;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the use of any number of accounts from the packed months: a handful of short rows for each account. */
@Component
class UseOfAccounts {

    private final JdbcClient database;
    private final Seats seats;
    private final Cohort cohort;
    private final Unheard unheard;
    private final PackedMonths months;

    UseOfAccounts(JdbcClient database, Seats seats, Cohort cohort, Unheard unheard, PackedMonths months) {
        this.months = months;
        this.database = database;
        this.seats = seats;
        this.cohort = cohort;
        this.unheard = unheard;
    }

    /**
     * What measures and lists say comes from this.
     *
     * @param cohort empty when nobody ever used the product
     * @param last end of all windows: the last finished day on which anybody used the product
     * @param held true when a silent source keeps the windows there
     */
    record Recent(Optional<CohortTotals> cohort, LocalDate last, boolean held, List<AccountUse> accounts) {}

    /** Accounts together whose use is known up to the same day. Read once for a query, however often it is asked. */
    List<Recent> recent(OverviewQuery query) {
        return query.once().of(this, () -> {
            Span span = query.once().span();
            Map<UUID, Knowledge> known = unheard.of(query);
            Gaps everybodys = span == null
                    ? unheard.ofEverybody(query.today())
                    : span.ofEverybody(List.of(unheard, query.today()), () -> unheard.ofEverybody(query.today()));
            Map<Knowledge, List<AccountId>> alike = new LinkedHashMap<>();
            for (AccountId account : query.accounts()) {
                alike.computeIfAbsent(known.getOrDefault(account.value(), Knowledge.ALL), key -> new ArrayList<>())
                        .add(account);
            }
            List<Recent> recent = new ArrayList<>(alike.size());
            alike.forEach((knowledge, accounts) -> {
                OverviewQuery some = alike.size() == 1
                        ? query // shares what others read of all of them
                        : new OverviewQuery(accounts, query.asOf(), query.today(), new Once(span));
                recent.add(recent(some, knowledge, everybodys));
            });
            return recent;
        });
    }

    private Recent recent(OverviewQuery query, Knowledge known, Gaps everybodys) {
        LocalDate until = known.until();
        Optional<CohortTotals> totals = totals(query, until == null ? query.today() : until.plusDays(1), everybodys);
        LocalDate last = totals.map(CohortTotals::last)
                .orElse(until == null ? query.today().minusDays(1) : until);
        LocalDate first = last.minusDays(Cohort.DAYS - 1L);
        List<AccountUse> uses = read(
                query,
                new PackedUse.Window(first, known.gaps().before(UsageMeasures.WINDOW, last), last, query.today()));
        for (AccountUse use : uses) {
            known.gaps().fill(use.events(), first);
            known.gaps().fill(use.activeUsers(), first);
        }
        return new Recent(totals, last, until != null, uses);
    }

    /** Of everybody before that day, with what is not known of them filled in. */
    private Optional<CohortTotals> totals(OverviewQuery query, LocalDate day, Gaps everybodys) {
        Span span = query.once().span();
        Supplier<Optional<CohortTotals>> fresh = () -> {
            Optional<CohortTotals> totals = cohort.before(day);
            totals.ifPresent(all -> all.fill(everybodys));
            return totals;
        };
        return span == null ? fresh.get() : span.ofEverybody(List.of(cohort, day, query.today()), fresh);
    }

    /** Accounts that never used the product up to the day of the query are left out. */
    List<AccountUse> read(OverviewQuery query, LocalDate first, LocalDate last) {
        return read(query, new PackedUse.Window(first, last.minusDays(UsageMeasures.WINDOW), last, query.today()));
    }

    private List<AccountUse> read(OverviewQuery query, PackedUse.Window window) {
        Span span = query.once().span();
        if (span != null) {
            return known(query, window, span.of(this, () -> months.of(span)));
        }
        months.pack(query.accounts());
        Map<UUID, PackedUse> packed = packed(query.accounts(), window);
        Map<UUID, LocalDate> before = usedBefore(query.accounts(), window, packed);
        Seats.Sold sold = seats.of(query);
        List<AccountUse> uses = new ArrayList<>(packed.size());
        for (AccountId account : query.accounts()) {
            LocalDate usedBefore = before.get(account.value());
            PackedUse use = packed.get(account.value());
            if (usedBefore != null || use != null && use.used()) {
                uses.add((use == null ? new PackedUse(window) : use).of(account.value(), usedBefore, sold.to(account)));
            }
        }
        return uses;
    }

    private List<AccountUse> known(
            OverviewQuery query, PackedUse.Window window, Map<UUID, List<PackedMonths.Month>> months) {
        LocalDate from = window.first().withDayOfMonth(1);
        LocalDate recent = window.recent().plusDays(1).withDayOfMonth(1);
        Seats.Sold sold = seats.of(query);
        List<AccountUse> uses = new ArrayList<>(query.accounts().size());
        for (AccountId account : query.accounts()) {
            PackedUse use = new PackedUse(window);
            PackedMonths.Month before = null;
            for (PackedMonths.Month month : months.getOrDefault(account.value(), List.of())) {
                if (month.first().isBefore(from)) {
                    before = month.used() ? month : before;
                } else if (!month.first().isAfter(window.today())) {
                    month.addTo(use, recent);
                }
            }
            LocalDate usedBefore = before == null ? null : use.used() ? from.minusDays(1) : before.lastUse();
            if (usedBefore != null || use.used()) {
                uses.add(use.of(account.value(), usedBefore, sold.to(account)));
            }
        }
        return uses;
    }

    private Map<UUID, PackedUse> packed(Collection<AccountId> accounts, PackedUse.Window window) {
        Map<UUID, PackedUse> packed = HashMap.newHashMap(accounts.size());
        LocalDate recentMonth = window.recent().plusDays(1).withDayOfMonth(1);
        database.sql("""
                select account_id, month, days, case when month >= :recent then features end,
                    case when month >= :recent then logins end
                from usage.account_month
                where account_id = any(:accounts) and month between :from and :to
                """)
                .param("accounts", AccountIds.array(accounts))
                .param("recent", recentMonth)
                .param("from", window.first().withDayOfMonth(1))
                .param("to", window.today())
                .query(row -> {
                    PackedUse use =
                            packed.computeIfAbsent(row.getObject(1, UUID.class), account -> new PackedUse(window));
                    LocalDate month = row.getObject(2, LocalDate.class);
                    use.days(month, row.getBytes(3));
                    if (!month.isBefore(recentMonth)) {
                        use.features(month, row.getBytes(4));
                        use.logins(month, row.getBytes(5));
                    }
                });
        return packed;
    }

    /** The last use before the months read, exact where nothing later was read, else the day before them. */
    private Map<UUID, LocalDate> usedBefore(
            Collection<AccountId> accounts, PackedUse.Window window, Map<UUID, PackedUse> packed) {
        LocalDate from = window.first().withDayOfMonth(1);
        Map<UUID, LocalDate> before = new HashMap<>();
        List<AccountId> silent = new ArrayList<>();
        database.sql("""
                select k.account_id from unnest(:accounts) as k (account_id)
                where exists (
                    select from usage.account_month m
                    where m.account_id = k.account_id and m.month < :from and m.used)
                """)
                .param("accounts", AccountIds.array(accounts))
                .param("from", from)
                .query(row -> {
                    UUID account = row.getObject(1, UUID.class);
                    PackedUse use = packed.get(account);
                    if (use != null && use.used()) {
                        before.put(account, from.minusDays(1));
                    } else {
                        silent.add(new AccountId(account));
                    }
                });
        if (!silent.isEmpty()) {
            database.sql("""
                    select account_id, max(day) from usage.account_day
                    where account_id = any(:accounts) and day < :from and (events > 0 or active_users > 0)
                    group by account_id
                    """)
                    .param("accounts", AccountIds.array(silent))
                    .param("from", from)
                    .query(row -> {
                        before.put(row.getObject(1, UUID.class), row.getObject(2, LocalDate.class));
                    });
        }
        return before;
    }
}
