package io.perennial.contracts;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Revenue, seats and the next end. An account billed in several currencies shows the one that brings most: sums of
 * different currencies mean nothing. The next end is the nearest end, as known today, of what runs today. Within the grace what
 * ran last stands, with the day on which its renewal was due.
 */
@Component
class ContractOverview implements OverviewSource {

    private static final List<String> COLUMNS = List.of("arr", "currency", "seats", "renews_on", "auto_renew");

    private final Terms terms;

    ContractOverview(Terms terms) {
        this.terms = terms;
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public void fill(OverviewQuery query, OverviewRows into) {
        terms.of(query).forEach((account, own) -> {
            TermsOnDay contracts = TermsOnDay.of(own, query.today());
            contracts.nextEnd(true).ifPresent(end -> {
                into.set(account, "renews_on", end.on());
                into.set(account, "auto_renew", end.autoRenew());
                contracts.annual().ifPresent(annual -> {
                    into.set(account, "currency", annual.getKey());
                    into.set(account, "arr", annual.getValue());
                });
                into.set(account, "seats", contracts.seats());
            });
        });
    }
}
