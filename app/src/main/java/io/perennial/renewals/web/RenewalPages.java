package io.perennial.renewals.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
import io.perennial.renewals.RenewalPeople;
import io.perennial.renewals.RenewalPeople.Side;
import io.perennial.renewals.RenewalWork;
import io.perennial.renewals.Stage;
import io.perennial.renewals.Worker;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The desk of a renewal and what is done there. */
@Controller
class RenewalPages {

    private final RenewalPage page;
    private final RenewalWork work;
    private final RenewalPeople people;

    RenewalPages(RenewalPage page, RenewalWork work, RenewalPeople people) {
        this.page = page;
        this.work = work;
        this.people = people;
    }

    @GetMapping("/renewals/{id}")
    String view(Viewer viewer, HttpServletRequest request, @PathVariable UUID id, Model model) {
        return page.show(viewer, id, null, Notice.take(request), model);
    }

    @PostMapping("/renewals/{id}/people")
    String confirm(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam UUID contact,
            @RequestParam(defaultValue = "") String side,
            @RequestParam(defaultValue = "false") boolean decides) {
        Side chosen = Side.find(side).orElse(Side.BUSINESS);
        return page.after(
                viewer, sent, id, "Confirmed.", () -> people.confirm(id, contact, chosen, decides, Worker.of(viewer)));
    }

    @PostMapping("/renewals/{id}/people/{contact}/removal")
    String remove(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID contact) {
        return page.after(viewer, sent, id, "Taken off.", () -> people.remove(id, contact, Worker.of(viewer)));
    }

    @PostMapping("/renewals/{id}/owner")
    String owner(Viewer viewer, SentForm sent, @PathVariable UUID id, @RequestParam(defaultValue = "") String member) {
        UUID chosen = id(member);
        return page.after(
                viewer, sent, id, "Somebody else is responsible.", () -> work.owner(id, chosen, Worker.of(viewer)));
    }

    @PostMapping("/renewals/{id}/uplift")
    String uplift(
            Viewer viewer, SentForm sent, @PathVariable UUID id, @RequestParam(defaultValue = "") String percent) {
        return page.after(viewer, sent, id, "The uplift is set.", () -> work.uplift(id, percent, Worker.of(viewer)));
    }

    @PostMapping("/renewals/{id}/fees")
    String addFee(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String amount) {
        return page.after(
                viewer, sent, id, "The fee is added.", () -> work.addFee(id, title, amount, Worker.of(viewer)));
    }

    @PostMapping("/renewals/{id}/fees/{fee}/removal")
    String removeFee(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID fee) {
        return page.after(viewer, sent, id, "The fee is gone.", () -> work.removeFee(id, fee, Worker.of(viewer)));
    }

    @PostMapping("/renewals/{id}/stage")
    String move(Viewer viewer, SentForm sent, @PathVariable UUID id, @RequestParam(defaultValue = "") String stage) {
        Stage chosen = Stage.find(stage).orElseThrow(() -> new NoSuchElementException("There is no such stage."));
        return page.after(
                viewer, sent, id, "It is now: " + chosen.title() + ".", () -> work.move(id, chosen, Worker.of(viewer)));
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private static @Nullable UUID id(String text) {
        return Ids.read(text).orElse(null);
    }
}
