package io.perennial.programs;

import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A contract or a line of one that came, changed or went says what its account bought, and a cancellation until when. */
@Component
class ContractListener implements RecordListener {

    private static final Set<String> SALES = Set.of("contracts", "contract-lines", "cancellations");

    private final Enrolments enrolments;

    ContractListener(Enrolments enrolments) {
        this.enrolments = enrolments;
    }

    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        if (SALES.contains(type.name())) {
            enrolments.derive(accounts, Actor.SYSTEM);
        }
    }
}
