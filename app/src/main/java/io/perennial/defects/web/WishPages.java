package io.perennial.defects.web;

import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectMoved;
import io.perennial.defects.DefectRefused;
import io.perennial.defects.notices.Frequency;
import io.perennial.defects.notices.Wishes;
import io.perennial.defects.notices.Wishes.Choice;
import io.perennial.defects.notices.Wishes.Person;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
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

/** How a contact is told: asked by staff, and by the contact through the link in each letter, which shows and never changes. */
@Controller
public class WishPages {

    private final Wishes wishes;
    private final Frames frames;

    WishPages(Wishes wishes, Frames frames) {
        this.wishes = wishes;
        this.frames = frames;
    }

    /**
     * @param person null when the link leads nowhere (any more)
     * @param action where the form goes
     * @param saved the contact's change was kept
     */
    public record View(
            @Nullable Person person,
            String action,
            boolean saved,
            boolean mayWrite,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<Frequency> frequencies() {
            return List.of(Frequency.values());
        }
    }

    @GetMapping("/notices/readers/{contact}")
    String reader(Viewer viewer, HttpServletRequest request, @PathVariable UUID contact, Model model) {
        return staff(viewer, contact, null, Notice.take(request), model);
    }

    @PostMapping("/notices/readers/{contact}")
    String change(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID contact,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam(defaultValue = "false") boolean byMail,
            @RequestParam(defaultValue = "") String knownIssue,
            @RequestParam(defaultValue = "") String news,
            @RequestParam(defaultValue = "") String maintenance,
            Model model) {
        try {
            UUID change = wishes.change(contact, seen, new Choice(byMail, knownIssue, news, maintenance), viewer);
            if (change != null) {
                new Notice("Kept.", change, null).leave(request);
            }
            return "redirect:/notices/readers/" + contact;
        } catch (DefectMoved e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            return staff(viewer, contact, "Nothing was changed. Meanwhile " + e.getMessage(), null, model);
        } catch (DefectRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return staff(viewer, contact, e.getMessage(), null, model);
        }
    }

    /** Shows only: mail programs and filters open links by themselves. */
    @GetMapping("/letters/{token}")
    String mine(@PathVariable String token, HttpServletResponse response, Model model) {
        return own(token, false, null, response, model);
    }

    /** From the page, or by the button of a mail program, which says only that it wants no more. */
    @PostMapping("/letters/{token}")
    String choose(
            @PathVariable String token,
            HttpServletResponse response,
            @RequestParam(name = "List-Unsubscribe", defaultValue = "") String oneClick,
            @RequestParam(defaultValue = "false") boolean byMail,
            @RequestParam(defaultValue = "") String knownIssue,
            @RequestParam(defaultValue = "") String news,
            @RequestParam(defaultValue = "") String maintenance,
            Model model) {
        Choice choice = oneClick.isEmpty() ? new Choice(byMail, knownIssue, news, maintenance) : Choice.NOTHING;
        try {
            Person person = wishes.byToken(token).orElse(null);
            if (person != null) {
                wishes.change(person, choice);
            }
            return own(token, person != null, null, response, model);
        } catch (DefectRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return own(token, false, e.getMessage(), response, model);
        }
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private String staff(Viewer viewer, UUID contact, @Nullable String problem, @Nullable Notice notice, Model model) {
        Person person = wishes.person(contact, viewer).orElseThrow(DefectPage::none);
        Frame frame = frames.frame(person.name(), DefectNavigation.NOTICES)
                .under("Notices", "/notices")
                .under(person.company(), "/accounts/" + person.account() + "?tab=people");
        model.addAttribute("frame", frame);
        model.addAttribute(
                "view",
                new View(
                        person, "/notices/readers/" + contact, false, DefectEditing.mayWrite(viewer), problem, notice));
        return "defects/wishes";
    }

    private String own(
            String token, boolean saved, @Nullable String problem, HttpServletResponse response, Model model) {
        Person person = wishes.byToken(token).orElse(null);
        if (person == null) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
        model.addAttribute("frame", frames.frame("What we tell you", ""));
        model.addAttribute("view", new View(person, "/letters/" + token, saved, true, problem, null));
        return "defects/mine";
    }
}
