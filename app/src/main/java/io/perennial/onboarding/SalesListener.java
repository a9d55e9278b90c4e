package io.perennial.onboarding;

import io.perennial.accounts.AccountIds;
import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers whose sales, training or onboarding records came or changed; what follows is done in the background. */
@Component
class SalesListener implements RecordListener {

    private static final Set<String> TYPES = Set.of(
            "contracts",
            "contract-lines",
            "training-completions",
            OnboardingRecords.TYPE,
            OnboardingRecords.MILESTONES);

    private final JdbcClient database;
    private final ObjectProvider<Keeping> keeping;

    SalesListener(JdbcClient database, ObjectProvider<Keeping> keeping) {
        this.database = database;
        this.keeping = keeping;
    }

    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        if (!TYPES.contains(type.name()) || accounts.isEmpty()) {
            return;
        }
        database.sql("""
                insert into onboarding.waiting (account_id)
                select id from unnest(cast(:accounts as uuid[])) as a (id)
                where exists (select from onboarding.template) or exists (
                    select from onboarding.onboarding o where o.account_id = a.id)
                order by id on conflict do nothing
                """).param("accounts", AccountIds.array(accounts)).update();
        keeping.getObject().wakeAfterCommit();
    }
}
