package io.perennial.defects.web;

import io.perennial.defects.Defect;
import io.perennial.defects.DefectAskers;
import io.perennial.defects.DefectCases;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectEditing.Move;
import io.perennial.defects.DefectHits;
import io.perennial.defects.DefectState;
import io.perennial.defects.Defects;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A defect and what is done with it. */
@Controller
class DefectPages {

    private static final int FOUND = 6;

    private final Defects defects;
    private final DefectEditing editing;
    private final DefectCases cases;
    private final DefectHits hits;
    private final DefectAskers askers;
    private final DefectPage page;
    private final Frames frames;

    DefectPages(
            Defects defects,
            DefectEditing editing,
            DefectCases cases,
            DefectHits hits,
            DefectAskers askers,
            DefectPage page,
            Frames frames) {
        this.defects = defects;
        this.editing = editing;
        this.cases = cases;
        this.hits = hits;
        this.askers = askers;
        this.page = page;
        this.frames = frames;
    }

    @GetMapping("/defects/{id}")
    String view(Viewer viewer, HttpServletRequest request, @PathVariable String id, Model model) {
        String number = id.toLowerCase(Locale.ROOT).replaceFirst("^d-", "");
        if (number.matches("\\d{1,15}")) {
            return "redirect:/defects/"
                    + defects.numbered(Long.parseLong(number))
                            .orElseThrow(DefectPage::none)
                            .id();
        }
        return page.show(viewer, Ids.read(id).orElseThrow(DefectPage::none), null, null, Notice.take(request), model);
    }

    @PostMapping("/defects/{id}/state")
    String move(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String workaround,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String release,
            @RequestParam(defaultValue = "") String refusal) {
        DefectState wanted = DefectState.find(state).orElseThrow(DefectPage::none);
        Move move = new Move(wanted, workaround, day, release, refusal);
        return page.after(
                viewer,
                sent,
                id,
                move,
                "It is now: " + wanted.title() + ".",
                () -> editing.move(id, seen, move, viewer));
    }

    /** Open defects that a case may be about, as a fragment of the panel beside it. */
    @GetMapping("/defects/search")
    String search(
            Viewer viewer,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(name = "case", defaultValue = "") String about,
            Model model) {
        DefectEditing.requireWriter(viewer);
        List<Defect> found = defects.suggestions(q, FOUND);
        model.addAttribute("frame", frames.frame("", ""));
        model.addAttribute("found", found);
        model.addAttribute("about", Ids.read(about).isPresent() ? about : "");
        return "defects/found";
    }

    @PostMapping("/defects/{id}/cases")
    String link(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(name = "case") UUID caseId,
            @RequestParam(defaultValue = "false") boolean tell) {
        return page.after(
                viewer,
                sent,
                id,
                null,
                "The case is linked to the defect.",
                () -> cases.link(id, caseId, tell, viewer));
    }

    @PostMapping("/defects/{id}/cases/{case}/removal")
    String unlink(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable("case") UUID caseId) {
        return page.after(
                viewer, sent, id, null, "The case is not linked any more.", () -> cases.unlink(id, caseId, viewer));
    }

    @PostMapping("/defects/{id}/cases/{case}/asker")
    String tell(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @PathVariable("case") UUID caseId,
            @RequestParam(defaultValue = "false") boolean wanted) {
        return page.after(
                viewer,
                sent,
                id,
                null,
                wanted ? "This customer will be told when it is fixed." : "This customer will not be told.",
                () -> askers.tell(id, caseId, wanted, viewer));
    }

    @PostMapping("/defects/{id}/accounts")
    String mark(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "true") boolean affected,
            @RequestParam(defaultValue = "") String why) {
        return page.after(
                viewer,
                sent,
                id,
                null,
                affected ? "The account counts as affected." : "The account counts as not affected.",
                () -> hits.mark(id, account, affected, why, viewer));
    }

    @PostMapping("/defects/{id}/accounts/{mark}/removal")
    String unmark(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID mark) {
        return page.after(viewer, sent, id, null, "Taken back.", () -> hits.unmark(id, mark, viewer));
    }

    @PostMapping("/defects/{id}/scopes")
    String scope(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "") String product) {
        return page.after(
                viewer, sent, id, null, "The rule holds from now on.", () -> hits.scope(id, segment, product, viewer));
    }

    @PostMapping("/defects/{id}/scopes/{scope}/removal")
    String unscope(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID scope) {
        return page.after(viewer, sent, id, null, "The rule is gone.", () -> hits.unscope(id, scope, viewer));
    }

    @PostMapping("/defects/{id}/askers")
    String ask(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String person) {
        return page.after(
                viewer,
                sent,
                id,
                null,
                "They will be told when it is fixed.",
                () -> askers.ask(id, account, person, viewer));
    }

    @PostMapping("/defects/{id}/askers/{contact}/removal")
    String forget(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID contact) {
        return page.after(viewer, sent, id, null, "They will not be told.", () -> askers.forget(id, contact, viewer));
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
