package io.perennial.usage;

import io.perennial.accounts.overview.OverviewSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Seats sold, as the module that owns contracts tells them for the overview: as of any day, set-based. */
@Component
class Seats {

    private static final String UNKNOWN =
            "select cast(null as uuid) as account_id, cast(null as bigint) as seats where false";

    private final ObjectProvider<OverviewSource> sources;

    Seats(ObjectProvider<OverviewSource> sources) {
        this.sources = sources;
    }

    /** SELECT of {@code account_id} and {@code seats} for {@code :accounts} as of {@code :today}. */
    String select() {
        return sources.stream()
                .filter(source -> source.columns().contains("seats"))
                .findFirst()
                .map(OverviewSource::select)
                .orElse(UNKNOWN);
    }
}
