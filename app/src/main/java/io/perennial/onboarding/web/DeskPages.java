package io.perennial.onboarding.web;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.TeamMembers;
import io.perennial.identity.TeamMembers.Colleague;
import io.perennial.identity.Viewer;
import io.perennial.onboarding.Milestone;
import io.perennial.onboarding.Onboarding;
import io.perennial.onboarding.OnboardingProgress;
import io.perennial.onboarding.OnboardingWork;
import io.perennial.onboarding.Onboardings;
import io.perennial.onboarding.Onboardings.Letter;
import io.perennial.onboarding.Onboardings.Nudge;
import io.perennial.onboarding.Onboardings.Person;
import io.perennial.onboarding.Onboardings.Resource;
import io.perennial.onboarding.Pace;
import io.perennial.onboarding.Refused;
import io.perennial.onboarding.Worker;
import io.perennial.platform.audit.Chronicle;
import io.perennial.platform.web.FormValues;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.PublicAddress;
import io.perennial.platform.web.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
    private final OnboardingWork work;
    private final OnboardingProgress progress;
    private final Pace pace;
    private final Accounts accounts;
    private final TeamMembers team;
    private final PublicAddress address;
    private final Frames frames;
    private final Clock clock;

    DeskPages(
            Onboardings onboardings,
            OnboardingWork work,
            OnboardingProgress progress,
            Pace pace,
            Accounts accounts,
            TeamMembers team,
            PublicAddress address,
            Frames frames,
            Clock clock) {
        this.onboardings = onboardings;
        this.work = work;
        this.progress = progress;
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
            List<Chronicle.Entry> history,
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
            SentForm sent,
            @PathVariable UUID id,
            @PathVariable UUID milestone,
            @RequestParam(defaultValue = "") String on) {
        return after(viewer, sent, id, "Reached.", worker -> progress.tick(id, milestone, day(on), worker));
    }

    @PostMapping("/onboardings/{id}/milestones/{milestone}/reopen")
    String reopen(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID milestone) {
        return after(
                viewer,
                sent,
                id,
                "It is not reached; no fact ticks it until you do.",
                worker -> progress.tick(id, milestone, null, worker));
    }

    @PostMapping("/onboardings/{id}/milestones/{milestone}/begun")
    String begun(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID milestone) {
        return after(viewer, sent, id, "Noted.", worker -> progress.begun(id, milestone, worker));
    }

    @PostMapping("/onboardings/{id}/resources/{resource}")
    String resource(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @PathVariable UUID resource,
            @RequestParam(defaultValue = "true") boolean done) {
        return after(
                viewer,
                sent,
                id,
                done ? "Set up." : "Not set up.",
                worker -> progress.setUp(id, resource, done, worker));
    }

    @PostMapping("/onboardings/{id}/people")
    String invite(Viewer viewer, SentForm sent, @PathVariable UUID id, @RequestParam UUID contact) {
        return after(viewer, sent, id, "Added.", worker -> {
            progress.invite(id, contact, worker);
            return null;
        });
    }

    @PostMapping("/onboardings/{id}/people/{contact}/access")
    String access(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @PathVariable UUID contact,
            @RequestParam(defaultValue = "true") boolean verified) {
        return after(viewer, sent, id, "Noted.", worker -> progress.verify(id, contact, verified, worker));
    }

    @PostMapping("/onboardings/{id}/welcome")
    String welcome(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return after(viewer, sent, id, "", worker -> {
            List<String> told = work.welcome(id, worker);
            sent.tell("Written to " + String.join(", ", told) + ".");
            return null;
        });
    }

    @PostMapping("/onboardings/{id}/told")
    String told(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return after(
                viewer, sent, id, "They know what they bought and where to get help.", worker -> work.told(id, worker));
    }

    @PostMapping("/onboardings/{id}/way")
    String way(Viewer viewer, SentForm sent, @PathVariable UUID id, @RequestParam boolean guided) {
        return after(
                viewer,
                sent,
                id,
                guided ? "People tick from now on." : "Facts tick from now on.",
                worker -> work.way(id, guided, worker));
    }

    @PostMapping("/onboardings/{id}/owner")
    String owner(Viewer viewer, SentForm sent, @PathVariable UUID id, @RequestParam(defaultValue = "") String member) {
        return after(
                viewer,
                sent,
                id,
                "Somebody else is responsible.",
                worker -> work.responsible(id, uuid(member), worker));
    }

    @PostMapping("/onboardings/{id}/stop")
    String stop(Viewer viewer, SentForm sent, @PathVariable UUID id, @RequestParam(defaultValue = "") String why) {
        return after(viewer, sent, id, "Stopped.", worker -> work.stop(id, why, worker));
    }

    @PostMapping("/onboardings/{id}/resume")
    String resume(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return after(viewer, sent, id, "Taken up again.", worker -> work.resume(id, worker));
    }

    private String after(Viewer viewer, SentForm sent, UUID id, String said, Function<Worker, @Nullable UUID> verb) {
        try {
            return sent.done(said, verb.apply(Worker.of(viewer)), "/onboardings/" + id);
        } catch (Refused refused) {
            return show(viewer, id, refused.why(), null, sent.refused());
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
        LocalDate day = FormValues.day(text, wrong -> new Refused("That is no day; choose one from the calendar."));
        return day == null ? today() : day;
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
