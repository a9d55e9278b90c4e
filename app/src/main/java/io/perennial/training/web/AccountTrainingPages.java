package io.perennial.training.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.FormValues;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
import io.perennial.shared.AccountId;
import io.perennial.training.Assignments;
import io.perennial.training.Assignments.Assigned;
import io.perennial.training.Assignments.Assignment;
import io.perennial.training.Completions;
import io.perennial.training.Completions.Badge;
import io.perennial.training.Completions.Held;
import io.perennial.training.Course;
import io.perennial.training.Courses;
import io.perennial.training.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the people of one customer learn. */
@Controller
public class AccountTrainingPages {

    private final Assignments assignments;
    private final Completions completions;
    private final Courses courses;
    private final Accounts accounts;
    private final Frames frames;
    private final Clock clock;

    AccountTrainingPages(
            Assignments assignments,
            Completions completions,
            Courses courses,
            Accounts accounts,
            Frames frames,
            Clock clock) {
        this.assignments = assignments;
        this.completions = completions;
        this.courses = courses;
        this.accounts = accounts;
        this.frames = frames;
        this.clock = clock;
    }

    public record View(
            AccountCard account,
            List<Assignment> assignments,
            List<Held> completed,
            List<Badge> badges,
            List<Course> courses,
            List<Contact> people,
            LocalDate today,
            boolean mayWork,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<Assignment> open() {
            return assignments.stream().filter(one -> one.completedOn() == null).toList();
        }

        public long overdue() {
            return open().stream().filter(one -> one.isOverdue(today)).count();
        }

        public String badgesOf(UUID contact) {
            return String.join(
                    ", ",
                    badges.stream()
                            .filter(one -> one.contact().equals(contact))
                            .map(Badge::name)
                            .toList());
        }

        public List<Contact> learned() {
            return people.stream().filter(one -> !badgesOf(one.id()).isEmpty()).toList();
        }
    }

    @GetMapping("/accounts/{id}/training")
    String show(Viewer viewer, @PathVariable UUID id, HttpServletRequest request, Model model) {
        return show(viewer, id, null, Notice.take(request), model);
    }

    @PostMapping("/accounts/{id}/training")
    String assign(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam UUID contact,
            @RequestParam UUID course,
            @RequestParam(defaultValue = "") String dueOn) {
        return after(viewer, sent, id, () -> {
            Assigned assigned =
                    assignments.assign(new AccountId(id), contact, course, day(dueOn), viewer.actor(), viewer);
            return new Notice(
                    assigned.waits() == null ? "Asked to take it." : "It waits for an approval: " + assigned.waits(),
                    assigned.change(),
                    null);
        });
    }

    @PostMapping("/accounts/{id}/training/{assignment}/completion")
    String complete(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID assignment) {
        return after(viewer, sent, id, () -> {
            Assignment known = assignments.of(new AccountId(id)).stream()
                    .filter(one -> one.id().equals(assignment))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchElementException("There is no such assignment."));
            completions.complete(new AccountId(id), known.contact(), known.course(), today(), viewer.actor(), viewer);
            return new Notice(known.contactName() + " completed " + known.courseName() + ".", null, null);
        });
    }

    @PostMapping("/accounts/{id}/training/{assignment}/approval")
    String approve(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID assignment) {
        return after(viewer, sent, id, () -> {
            assignments.approve(assignment, viewer.actor(), viewer);
            return new Notice("Approved beyond the program.", null, null);
        });
    }

    @PostMapping("/accounts/{id}/training/{assignment}/removal")
    String remove(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID assignment) {
        return after(
                viewer,
                sent,
                id,
                () -> new Notice("Not asked any more.", assignments.remove(assignment, viewer.actor(), viewer), null));
    }

    private String after(Viewer viewer, SentForm sent, UUID id, Supplier<Notice> verb) {
        try {
            verb.get().leave(sent.request());
            return "redirect:/accounts/" + id + "/training";
        } catch (Refused refused) {
            return show(viewer, id, refused.why(), null, sent.refused());
        }
    }

    private String show(Viewer viewer, UUID id, @Nullable String problem, @Nullable Notice notice, Model model) {
        AccountId account = new AccountId(id);
        AccountCard card = accounts.find(account, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such account in your portfolio."));
        model.addAttribute(
                "frame", frames.frame("Training", TrainingNavigation.TRAINING).under(card.name(), "/accounts/" + id));
        model.addAttribute(
                "view",
                new View(
                        card,
                        assignments.of(account),
                        completions.completed(account),
                        completions.badges(account),
                        courses.offered(),
                        accounts.contacts(account).stream()
                                .filter(one -> one.isHereOn(today()))
                                .toList(),
                        today(),
                        viewer.role().mayWork(),
                        problem,
                        notice));
        return "training/ofAccount";
    }

    /** On the account page, beside the people. */
    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    static class Panel {

        @Bean
        AccountPanel trainingPanel(Assignments assignments, Completions completions, PanelTemplates templates) {
            return templates.panel(
                    new Place(Tab.PEOPLE, "training", "Training", 40),
                    "training/card",
                    (account, viewer, today, page) -> Map.of(
                            "account",
                            account,
                            "assignments",
                            assignments.of(account),
                            "completed",
                            completions.completed(account),
                            "badges",
                            completions.badges(account),
                            "today",
                            today));
        }
    }

    private static @Nullable LocalDate day(String text) {
        return FormValues.day(text, wrong -> new Refused("That is no day; choose one from the calendar."));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
