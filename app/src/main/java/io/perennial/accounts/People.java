package io.perennial.accounts;

import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
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
     * @param leftSince people who left after that day count as lately left
     * @param confirmedSince a confirmation after that day still counts
     */
    public Map<AccountId, Facts> facts(
            Collection<AccountId> accounts, LocalDate today, LocalDate leftSince, LocalDate confirmedSince) {
        Map<AccountId, Facts> facts = new HashMap<>();
        if (accounts.isEmpty()) {
            return facts;
        }
        database.sql("""
                select account_id,
                       count(*) filter (where here)::int as here,
                       min(name) filter (where here and words && array['decision_maker']) as decision_maker,
                       count(*) filter (where left_on > :leftSince and left_on <= :today)::int as lately_left,
                       max(left_on) filter (where left_on <= :today) as last_left_on,
                       (array_agg(name order by left_on desc, name) filter (
                           where left_on > :leftSince and left_on <= :today))[1] as last_left,
                       max(confirmed_on) filter (
                           where here and confirmed_on > :confirmedSince and confirmed_on <= :today
                             and words && array['decision_maker', 'sponsor', 'finance', 'renewal']) as confirmed_on
                from (
                    select account_id, name, left_on, confirmed_on, role_words as words,
                           left_on is null or left_on > :today as here
                    from accounts.contact where account_id = any(:accounts)
                ) c
                group by account_id
                """)
                .param("accounts", AccountIds.array(accounts))
                .param("today", today)
                .param("leftSince", leftSince)
                .param("confirmedSince", confirmedSince)
                .query(row -> {
                    facts.put(
                            new AccountId(row.getObject("account_id", UUID.class)),
                            new Facts(
                                    row.getInt("here"),
                                    row.getString("decision_maker"),
                                    row.getInt("lately_left"),
                                    row.getString("last_left"),
                                    row.getObject("last_left_on", LocalDate.class),
                                    row.getObject("confirmed_on", LocalDate.class)));
                });
        return facts;
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
