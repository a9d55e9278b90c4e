package io.perennial.usage;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSource;
import io.perennial.shared.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Seats sold, as the module that owns contracts tells them for the overview: as of any day, set-based. */
@Component
class Seats {

    private static final String COLUMN = "seats";

    private final ObjectProvider<OverviewSource> sources;

    Seats(ObjectProvider<OverviewSource> sources) {
        this.sources = sources;
    }

    Sold of(OverviewQuery query) {
        OverviewRows rows = new OverviewRows(query.accounts(), List.of(COLUMN));
        sources.stream()
                .filter(source -> source.columns().contains(COLUMN))
                .forEach(source -> source.fill(query, rows));
        return new Sold(rows);
    }

    record Sold(OverviewRows rows) {

        /** Null when no contract says. */
        @Nullable
        Long to(AccountId account) {
            return rows.get(account, COLUMN) instanceof Number seats ? Long.valueOf(seats.longValue()) : null;
        }
    }
}
