package io.perennial.events.reading;

import io.perennial.platform.background.AfterCommit;
import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** An account or contact that comes by a file or by hand may be the one that events wait for. */
@Component
class WakeOnRecords implements RecordListener {

    private final ObjectProvider<EventReading> reading;

    WakeOnRecords(ObjectProvider<EventReading> reading) {
        this.reading = reading;
    }

    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        if (type.name().equals("accounts") || type.name().equals("contacts")) {
            AfterCommit.run(() -> reading.getObject().recordsCame());
        }
    }
}
