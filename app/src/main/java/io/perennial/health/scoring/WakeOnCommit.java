package io.perennial.health.scoring;

import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Wakes live scoring right after records were committed, rather than at its next look. */
@Component
class WakeOnCommit implements RecordListener {

    private final ObjectProvider<LiveScoring> scoring;

    WakeOnCommit(ObjectProvider<LiveScoring> scoring) {
        this.scoring = scoring;
    }

    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        scoring.getObject().wakeAfterCommit();
    }
}
