package io.perennial.programs.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Notice;
import io.perennial.programs.Catalogue;
import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.Program.Version;
import io.perennial.programs.Publishing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The draft of a program's next version: begun, written, published or thrown away. */
@Controller
class DraftPages {

    private final Catalogue catalogue;
    private final Publishing publishing;
    private final ProgramViews views;

    DraftPages(Catalogue catalogue, Publishing publishing, ProgramViews views) {
        this.catalogue = catalogue;
        this.publishing = publishing;
        this.views = views;
    }

    /** Begins a draft; where there is one already, goes to it. */
    @PostMapping("/programs/{id}/draft")
    String draft(Viewer viewer, @PathVariable UUID id) {
        try {
            Version draft = catalogue.draft(viewer, id);
            return "redirect:/programs/" + id + "?version=" + draft.number();
        } catch (NotPossible refused) {
            HttpStatus why = Catalogue.mayChange(viewer) ? HttpStatus.NOT_FOUND : HttpStatus.FORBIDDEN;
            throw new ResponseStatusException(why, refused.getMessage(), refused);
        }
    }

    @PostMapping("/programs/{id}/offer")
    String save(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        OfferForm form = OfferForm.read(typed);
        try {
            UUID change = catalogue.save(viewer, id, Numbers.read(typed.getFirst("edits"), 0), form.offer());
            new Notice("The draft is saved. Nobody has it until it is published.", change, null).leave(request);
            return "redirect:/programs/" + id;
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return views.one(viewer, id, "", 1, form, refused.getMessage(), model);
        }
    }

    @PostMapping("/programs/{id}/publication")
    String publish(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String edits,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            Publishing.Published done = publishing.publish(viewer, id, Numbers.read(edits, 0), day(from));
            new Notice(
                            "Version " + done.version().number() + " is published. Contracts that begin from " + from
                                    + " on buy it.",
                            done.change(),
                            null)
                    .leave(request);
            return "redirect:/programs/" + id;
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return views.one(viewer, id, "", 1, null, refused.getMessage(), model);
        }
    }

    @PostMapping("/programs/{id}/draft/removal")
    String discard(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String edits,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            UUID change = catalogue.discard(viewer, id, Numbers.read(edits, 0));
            new Notice("The draft is discarded.", change, null).leave(request);
            return "redirect:/programs/" + id;
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return views.one(viewer, id, "", 1, null, refused.getMessage(), model);
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new NotPossible("Say from which day on the version is sold, such as 2027-01-01.");
        }
    }
}
