package io.perennial.accounts;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Read model: who is known at the customers, in numbers, as of a day. */
@Component
public class People {

    private final JdbcClient database;

    People(JdbcClient database) {
        this.database = database;
    }

    /** Whether any contact was ever recorded. */
    public boolean known() {
        return database.sql("select exists (select from accounts.contact)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Accounts without any contact are left out. Role names compare without case, blanks as underscores.
     *
     * @param people see {@link #of}
     * @param leftSince people who left after that day count as lately left
     * @param confirmedSince a confirmation after that day still counts
     */
    public Map<AccountId, Facts> facts(
            Map<AccountId, List<Person>> people,
            Collection<AccountId> accounts,
            LocalDate today,
            LocalDate leftSince,
            LocalDate confirmedSince) {
        Map<AccountId, Facts> facts = HashMap.newHashMap(accounts.size());
        for (AccountId account : accounts) {
            List<Person> own = people.get(account);
            if (own != null) {
                Count count = new Count(today, leftSince, confirmedSince);
                own.forEach(count::add);
                facts.put(account, count.facts());
            }
        }
        return facts;
    }

    /** The contacts of these accounts as they stand now. */
    public Map<AccountId, List<Person>> of(Collection<AccountId> accounts) {
        Map<AccountId, List<Person>> people = HashMap.newHashMap(accounts.size());
        if (accounts.isEmpty()) {
            return people;
        }
        database.sql("""
                select account_id, name, left_on, confirmed_on, role_words && array['decision_maker'],
                    confirmed_on is not null and role_words && array['decision_maker', 'sponsor', 'finance', 'renewal']
                from accounts.contact where account_id = any(:accounts)
                """).param("accounts", AccountIds.array(accounts)).query(row -> {
            people.computeIfAbsent(new AccountId(row.getObject(1, UUID.class)), account -> new ArrayList<>(4))
                    .add(new Person(
                            row.getString(2),
                            row.getObject(3, LocalDate.class),
                            row.getObject(4, LocalDate.class),
                            row.getBoolean(5),
                            row.getBoolean(6)));
        });
        return people;
    }

    /**
     * A contact, as far as health asks.
     *
     * @param renews whether it was confirmed as somebody on whom the renewal depends
     */
    public record Person(
            String name,
            @Nullable LocalDate leftOn,
            @Nullable LocalDate confirmedOn,
            boolean decides,
            boolean renews) {}

    private static final class Count {

        private final LocalDate today;
        private final LocalDate leftSince;
        private final LocalDate confirmedSince;
        private int here;
        private int latelyLeft;
        private @Nullable String decisionMaker;
        private @Nullable String lastLeft;
        private @Nullable LocalDate lastLeftOn;
        private @Nullable LocalDate confirmedOn;

        private Count(LocalDate today, LocalDate leftSince, LocalDate confirmedSince) {
            this.today = today;
            this.leftSince = leftSince;
            this.confirmedSince = confirmedSince;
        }

        private void add(Person person) {
            String name = person.name();
            LocalDate leftOn = person.leftOn();
            LocalDate confirmed = person.confirmedOn();
            if (leftOn == null || leftOn.isAfter(today)) {
                here++;
                if (person.decides() && (decisionMaker == null || name.compareTo(decisionMaker) < 0)) {
                    decisionMaker = name;
                }
                if (person.renews()
                        && confirmed != null
                        && confirmed.isAfter(confirmedSince)
                        && !confirmed.isAfter(today)
                        && (confirmedOn == null || confirmed.isAfter(confirmedOn))) {
                    confirmedOn = confirmed;
                }
            } else {
                left(name, leftOn);
            }
        }

        private void left(String name, LocalDate leftOn) {
            int later = lastLeftOn == null ? 1 : leftOn.compareTo(lastLeftOn);
            if (later > 0 || later == 0 && (lastLeft == null || name.compareTo(lastLeft) < 0)) {
                lastLeftOn = leftOn;
                lastLeft = name;
            }
            latelyLeft += leftOn.isAfter(leftSince) ? 1 : 0;
        }

        private Facts facts() {
            return new Facts(
                    here, decisionMaker, latelyLeft, latelyLeft == 0 ? null : lastLeft, lastLeftOn, confirmedOn);
        }
    }

    /**
     * @param here people still at the customer
     * @param decisionMaker name of one of them who decides
     * @param confirmedOn latest confirmation of a person the renewal depends on
     */
    public record Facts(
            int here,
            @Nullable String decisionMaker,
            int latelyLeft,
            @Nullable String lastLeft,
            @Nullable LocalDate lastLeftOn,
            @Nullable LocalDate confirmedOn) {}
}
