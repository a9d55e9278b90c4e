package io.perennial.renewals.web;

import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.contracts.ContractPart;
import io.perennial.identity.Viewer;
import io.perennial.renewals.Notices;
import io.perennial.renewals.Renewal;
import io.perennial.renewals.Renewals;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** On the page of a contract: what is or was due of it, who was told, and the way to its desk. */
@Component
class ContractRenewalPart implements ContractPart {

    /** What is due first, of which letters are shown too. */
    private static final int SHOWN = 12;

    private final Renewals renewals;
    private final Notices notices;
    private final PanelTemplates templates;

    ContractRenewalPart(Renewals renewals, Notices notices, PanelTemplates templates) {
        this.renewals = renewals;
        this.notices = notices;
        this.templates = templates;
    }

    @Override
    public Optional<Part> of(UUID contract, AccountId account, Viewer viewer, LocalDate today) {
        List<Renewal> own = renewals.of(account).stream()
                .filter(renewal -> contract.equals(renewal.contractId()))
                .limit(SHOWN)
                .toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Map<UUID, List<Notices.Sent>> letters = new LinkedHashMap<>();
        own.stream()
                .filter(renewal -> renewal.noticedOn() != null)
                .forEach(renewal -> letters.put(renewal.id(), notices.sent(renewal.id())));
        long open = own.stream().filter(Renewal::isOpen).count();
        return Optional.of(new Part(
                "renewals",
                open == 0 ? "No renewal is open" : open == 1 ? "One renewal is open" : open + " renewals are open",
                templates.content("renewals/ofContract", Map.of("renewals", own, "letters", letters, "today", today))));
    }
}
