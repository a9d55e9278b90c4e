package io.perennial.programs;

import io.perennial.accounts.AccountIds;
import io.perennial.programs.hours.BusinessHours;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What accounts may expect: hours, channels and targets of the version that each one bought. */
@Component
public class Programs {

    private final JdbcClient database;
    private final Calendars calendars;

    Programs(JdbcClient database, Calendars calendars) {
        this.database = database;
        this.calendars = calendars;
    }

    /** Never null: an account without a program has the default one of the house, or just the hours of the house. */
    public Coverage coverage(AccountId account, LocalDate on) {
        Coverage coverage = coverages(List.of(account), on).get(account);
        if (coverage == null) {
            throw new IllegalStateException("Every account that is asked for has an answer.");
        }
        return coverage;
    }

    /** The same for many accounts with three statements; an entry for each account. Of several programs, the highest tier. */
    public Map<AccountId, Coverage> coverages(Collection<AccountId> accounts, LocalDate on) {
        List<Calendar> known = calendars.all();
        Map<UUID, BusinessHours> hours = new HashMap<>();
        Map<String, Offer> offers = new HashMap<>();
        Map<AccountId, Coverage> coverages = new HashMap<>();
        database.sql("""
                select distinct on (e.account_id) e.account_id, e.id as enrolment, p.name, v.number, v.offer
                from programs.enrolment e
                join programs.version v on v.id = e.version_id
                join programs.program p on p.id = v.program_id
                where e.account_id = any(:accounts) and e.starts_on <= :on and (e.ends_on is null or e.ends_on > :on)
                order by e.account_id, p.tier desc, e.starts_on desc, e.id
                """)
                .param("accounts", AccountIds.array(accounts))
                .param("on", on)
                .query(row -> {
                    AccountId account = new AccountId(row.getObject("account_id", UUID.class));
                    Offer offer = offers.computeIfAbsent(row.getString("offer"), Offer::parse);
                    coverages.put(
                            account,
                            coverage(
                                    row.getObject("enrolment", UUID.class),
                                    row.getString("name"),
                                    row.getInt("number"),
                                    offer,
                                    known,
                                    hours));
                });
        if (!coverages.keySet().containsAll(accounts)) {
            Coverage house = house(on, known);
            accounts.forEach(account -> coverages.putIfAbsent(account, house));
        }
        return coverages;
    }

    private Coverage house(LocalDate on, List<Calendar> known) {
        return database.sql("""
                select p.name, v.number, v.offer from programs.program p
                join programs.version v on v.program_id = p.id
                where p.house and v.valid_from <= :on order by v.number desc limit 1
                """)
                .param("on", on)
                .query((row, number) -> coverage(
                        null,
                        row.getString("name"),
                        row.getInt("number"),
                        Offer.parse(row.getString("offer")),
                        known,
                        new HashMap<>()))
                .optional()
                .orElseGet(() -> new Coverage(
                        null, "Standard hours", 0, Calendars.house(known).hours(), Set.of("email"), Map.of()));
    }

    private static Coverage coverage(
            @Nullable UUID enrolment,
            String name,
            int version,
            Offer offer,
            List<Calendar> known,
            Map<UUID, BusinessHours> hours) {
        Calendar calendar = Calendars.of(offer.calendar(), known);
        BusinessHours working =
                calendar.id() == null ? calendar.hours() : hours.computeIfAbsent(calendar.id(), id -> calendar.hours());
        return new Coverage(enrolment, name, version, working, Set.copyOf(offer.channels()), offer.targets());
    }
}
