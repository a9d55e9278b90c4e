package io.perennial.defects;

import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A defect that comes or changes by import or API changes what its accounts have to bear. */
@Component
class DefectListener implements RecordListener {

    private final Affected affected;

    DefectListener(Affected affected) {
        this.affected = affected;
    }

    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        if (type.name().equals(DefectRecords.TYPE)) {
            affected.mark(records);
        }
    }
}
