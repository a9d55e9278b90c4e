package io.perennial.onboarding.web;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.TeamMembers;
import io.perennial.identity.TeamMembers.Colleague;
import io.perennial.identity.Viewer;
import io.perennial.onboarding.Milestone;
import io.perennial.onboarding.Onboarding;
import io.perennial.onboarding.Onboardings;
import io.perennial.onboarding.Onboardings.Entry;
import io.perennial.onboarding.Onboardings.Letter;
import io.perennial.onboarding.Onboardings.Nudge;
import io.perennial.onboarding.Onboardings.Person;
import io.perennial.onboarding.Onboardings.Resource;
import io.perennial.onboarding.Onboardings.Worker;
import io.perennial.onboarding.Pace;
import io.perennial.onboarding.Refused;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.PublicAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The desk of one onboarding and what is done there. */
@Controller
public class DeskPages {

    private final Onboardings onboardings;
    private final Pace pace;
    private final Accounts accounts;
    private final TeamMembers team;
    private final PublicAddress address;
    private final Frames frames;
    private final Clock clock;

    DeskPages(
            Onboardings onboardings,
            Pace pace,
            Accounts accounts,
            TeamMembers team,
            PublicAddress address,
            Frames frames,
            Clock clock) {
        this.onboardings = onboardings;
        this.pace = pace;
        this.accounts = accounts;
        this.team = team;
        this.address = address;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param others people of the account who are not followed yet @param usual of the whole, null while nothing is known */
    public record View(
            Onboarding onboarding,
            List<Milestone> milestones,
            List<Person> people,
            List<Contact> others,
            List<Resource> resources,
            List<Letter> letters,
            List<Nudge> nudges,
            List<Entry> history,
            List<Colleague> team,
            Pace.@Nullable Usual usual,
            boolean linked,
            boolean mayWork,
            LocalDate today,
            @Nullable String problem,
            @Nullable Notice notice) {

        public long verified() {
            return people.stream().filter(one -> one.verifiedOn() != null).count();
        }

        public long setUp() {
            return resources.stream().filter(one -> one.doneOn() != null).count();
        }
    }

    @GetMapping("/onboardings/{id}")
    String desk(Viewer viewer, @PathVariable UUID id, HttpServletRequest request, Model model) {
        return show(viewer, id, null, Notice.take(request), model);
    }

    @PostMapping("/onboardings/{id}/milestones/{milestone}/tick")
    String tick(
            Viewer viewer,
            @PathVariable UUID id,
            @PathVariable UUID milestone,
            @RequestParam(defaultValue = "") String on,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(
                viewer,
                id,
                "Reached.",
                request,
                response,
                model,
                worker -> onboardings.tick(id, milestone, day(on), worker));
    }

    @PostMapping("/onboardings/{id}/milestones/{milestone}/reopen")
    String reopen(
            Viewer viewer,
            @PathVariable UUID id,
            @PathVariable UUID milestone,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(
                viewer,
                id,
                "It is not reached; no fact ticks it until you do.",
                request,
                response,
                model,
                worker -> onboardings.tick(id, milestone, null, worker));
    }

    @PostMapping("/onboardings/{id}/milestones/{milestone}/begun")
    String begun(
            Viewer viewer,
            @PathVariable UUID id,
            @PathVariable UUID milestone,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(
                viewer, id, "Noted.", request, response, model, worker -> onboardings.begun(id, milestone, worker));
    }

    @PostMapping("/onboardings/{id}/resources/{resource}")
    String resource(
            Viewer viewer,
            @PathVariable UUID id,
            @PathVariable UUID resource,
            @RequestParam(defaultValue = "true") boolean done,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(
                viewer,
                id,
                done ? "Set up." : "Not set up.",
                request,
                response,
                model,
                worker -> onboardings.setUp(id, resource, done, worker));
    }

    @PostMapping("/onboardings/{id}/people")
    String invite(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam UUID contact,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(viewer, id, "Added.", request, response, model, worker -> {
            onboardings.invite(id, contact, worker);
            return null;
        });
    }

    @PostMapping("/onboardings/{id}/people/{contact}/access")
    String access(
            Viewer viewer,
            @PathVariable UUID id,
            @PathVariable UUID contact,
            @RequestParam(defaultValue = "true") boolean verified,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(
                viewer,
                id,
                "Noted.",
                request,
                response,
                model,
                worker -> onboardings.verify(id, contact, verified, worker));
    }

    @PostMapping("/onboardings/{id}/welcome")
    String welcome(
            Viewer viewer,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(viewer, id, "", request, response, model, worker -> {
            List<String> told = onboardings.welcome(id, worker);
            new Notice("Written to " + String.join(", ", told) + ".", null, null).leave(request);
            return null;
        });
    }

    @PostMapping("/onboardings/{id}/told")
    String told(
            Viewer viewer,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(
                viewer,
                id,
                "They know what they bought and where to get help.",
                request,
                response,
                model,
                worker -> onboardings.told(id, worker));
    }

    @PostMapping("/onboardings/{id}/way")
    String way(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam boolean guided,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(
                viewer,
                id,
                guided ? "People tick from now on." : "Facts tick from now on.",
                request,
                response,
                model,
                worker -> onboardings.way(id, guided, worker));
    }

    @PostMapping("/onboardings/{id}/owner")
    String owner(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String member,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(
                viewer,
                id,
                "Somebody else is responsible.",
                request,
                response,
                model,
                worker -> onboardings.responsible(id, uuid(member), worker));
    }

    @PostMapping("/onboardings/{id}/stop")
    String stop(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String why,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(viewer, id, "Stopped.", request, response, model, worker -> onboardings.stop(id, why, worker));
    }

    @PostMapping("/onboardings/{id}/resume")
    String resume(
            Viewer viewer,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return after(viewer, id, "Taken up again.", request, response, model, worker -> onboardings.resume(id, worker));
    }

    private String after(
            Viewer viewer,
            UUID id,
            String said,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Function<Worker, @Nullable UUID> verb) {
        try {
            UUID change = verb.apply(Worker.of(viewer));
            if (change != null) {
                new Notice(said, change, null).leave(request);
            }
            return "redirect:/onboardings/" + id;
        } catch (Refused refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, id, refused.why(), null, model);
        }
    }

    private String show(Viewer viewer, UUID id, @Nullable String problem, @Nullable Notice notice, Model model) {
        Onboarding onboarding = onboardings
                .find(id, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such onboarding in your portfolio."));
        LocalDate today = today();
        List<Person> people = onboardings.people(id);
        Set<UUID> known = people.stream().map(Person::contact).collect(Collectors.toSet());
        boolean works = viewer.role().mayWork() && onboarding.isOurs();
        model.addAttribute(
                "frame",
                frames.frame(onboarding.accountName(), OnboardingNavigation.ONBOARDING)
                        .under("Onboarding", OnboardingNavigation.ADDRESS));
        model.addAttribute(
                "view",
                new View(
                        onboarding,
                        onboardings.milestones(id),
                        people,
                        accounts.contacts(onboarding.account()).stream()
                                .filter(one -> one.isHereOn(today) && !known.contains(one.id()))
                                .limit(200)
                                .toList(),
                        onboardings.resources(id),
                        works && onboarding.isOpen() ? onboardings.welcomes(onboarding) : List.of(),
                        onboardings.nudges(id),
                        onboardings.history(id),
                        works ? team.active() : List.of(),
                        pace.usual(onboarding.title()).stream()
                                .filter(one -> one.milestone().isEmpty())
                                .findFirst()
                                .orElse(null),
                        address.isKnown(),
                        works,
                        today,
                        problem,
                        notice));
        return "onboarding/onboarding";
    }

    private LocalDate day(String text) {
        if (text.isBlank()) {
            return today();
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refused("That is no day; choose one from the calendar.");
        }
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Refused("Choose somebody of the team.");
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
