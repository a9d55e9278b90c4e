package io.perennial.cases.web;

import gg.jte.Content;
import io.perennial.cases.CasePanel;
import io.perennial.cases.desk.CaseReads;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** What other modules say beside a case, a fragment each. */
@Controller
public class CasePanelPage {

    private final ObjectProvider<CasePanel> panels;
    private final CaseReads reads;

    CasePanelPage(ObjectProvider<CasePanel> panels, CaseReads reads) {
        this.panels = panels;
        this.reads = reads;
    }

    /** @param content null: the panel has nothing to say */
    public record Rendered(
            UUID about, String id, String title, @Nullable Content content) {}

    List<CasePanel> all() {
        return panels.stream()
                .sorted(Comparator.comparingInt(CasePanel::order).thenComparing(CasePanel::id))
                .toList();
    }

    @GetMapping("/cases/{id}/panels/{panel}")
    String panel(Viewer viewer, @PathVariable UUID id, @PathVariable String panel, Model model) {
        CasePanel found =
                all().stream().filter(one -> one.id().equals(panel)).findFirst().orElseThrow(CasePanelPage::none);
        CasePanel.Case about = reads.row(id, viewer)
                .map(row -> new CasePanel.Case(row.id(), row.number(), new AccountId(row.accountId())))
                .orElseThrow(CasePanelPage::none);
        Content content = found.content(about, viewer).orElse(null);
        model.addAttribute("panel", new Rendered(id, found.id(), found.title(), content));
        return "cases/panel";
    }

    private static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
