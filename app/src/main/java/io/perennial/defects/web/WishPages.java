package io.perennial.defects.web;

import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectMoved;
import io.perennial.defects.DefectRefused;
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

/** How a contact is told, as staff sees and changes it. */
@Controller
public class WishPages {

    private final Wishes wishes;
    private final Frames frames;

    WishPages(Wishes wishes, Frames frames) {
        this.wishes = wishes;
        this.frames = frames;
    }

    /** @param action where the form goes */
    public record View(
            Person person,
            String action,
            boolean mayWrite,
            @Nullable String problem,
            @Nullable Notice notice) {

        public LetterWords words() {
            return LetterWords.in("en");
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
                new View(person, "/notices/readers/" + contact, DefectEditing.mayWrite(viewer), problem, notice));
        return "defects/wishes";
    }
}
