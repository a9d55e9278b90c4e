package io.perennial.defects;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a viewer may name: cases by id, accounts in words. */
@Component
class Portfolio {

    private final JdbcClient database;
    private final Accounts accounts;

    Portfolio(JdbcClient database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    record CaseOf(
            UUID id,
            long number,
            AccountId account,
            @Nullable UUID contact) {}

    CaseOf caseOf(UUID caseId, Viewer viewer) {
        return find(caseId, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such case in your portfolio."));
    }

    Optional<CaseOf> find(UUID caseId, @Nullable Viewer viewer) {
        return database.sql("""
                select c.id, c.number, c.account_id, c.contact_id from cases.support_case c
                join accounts.account a on a.id = c.account_id
                where c.id = :id and (:everything or a.owner_id = cast(:me as uuid))
                """)
                .param("id", caseId)
                .param("everything", viewer == null || viewer.everything())
                .param("me", viewer == null ? null : viewer.memberId())
                .query((row, number) -> new CaseOf(
                        row.getObject("id", UUID.class),
                        row.getLong("number"),
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getObject("contact_id", UUID.class)))
                .optional();
    }

    AccountCard account(String name, Viewer viewer) {
        String wanted = name.strip();
        Optional<AccountId> found = accounts.byExternalId(wanted);
        if (found.isEmpty()) {
            List<UUID> named = database.sql("select id from accounts.account where lower(name) = lower(:name) limit 2")
                    .param("name", wanted)
                    .query((row, number) -> row.getObject(1, UUID.class))
                    .list();
            found = named.size() == 1 ? Optional.of(new AccountId(named.getFirst())) : Optional.empty();
        }
        return found.flatMap(account -> accounts.find(account, viewer))
                .orElseThrow(() -> new DefectRefused("There is no account " + wanted
                        + " in your portfolio. Write its name in full, or its external id."));
    }
}
