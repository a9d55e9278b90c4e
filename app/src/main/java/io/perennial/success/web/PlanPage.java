package io.perennial.success.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.TeamMembers;
import io.perennial.identity.TeamMembers.Colleague;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Chronicle;
import io.perennial.platform.pdf.PdfPages;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import io.perennial.success.Blueprint;
import io.perennial.success.Blueprints;
import io.perennial.success.Measured;
import io.perennial.success.Outcome;
import io.perennial.success.OutcomeDraft;
import io.perennial.success.Plan;
import io.perennial.success.PlanDraft;
import io.perennial.success.PlanWork;
import io.perennial.success.ProgressLetters;
import io.perennial.success.SuccessPlans;
import io.perennial.success.SuccessPlans.Return;
import io.perennial.success.measures.OutcomeMeasure;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One success plan, and the paper of its progress. */
@Controller
public class PlanPage {

    private final SuccessPlans plans;
    private final ProgressLetters letters;
    private final Measured measured;
    private final Blueprints blueprints;
    private final Accounts accounts;
    private final TeamMembers team;
    private final PdfPages pdf;
    private final Frames frames;
    private final Clock clock;

    PlanPage(
            SuccessPlans plans,
            ProgressLetters letters,
            Measured measured,
            Blueprints blueprints,
            Accounts accounts,
            TeamMembers team,
            PdfPages pdf,
            Frames frames,
            Clock clock) {
        this.plans = plans;
        this.letters = letters;
        this.measured = measured;
        this.blueprints = blueprints;
        this.accounts = accounts;
        this.team = team;
        this.pdf = pdf;
        this.frames = frames;
        this.clock = clock;
    }

    /** What is in the forms after something was refused. */
    public record Typed(@Nullable PlanDraft plan, @Nullable OutcomeDraft outcome, String problem) {}

    public record View(
            Plan plan,
            List<Outcome> outcomes,
            List<SuccessPlans.Stakeholder> stakeholders,
            List<SuccessPlans.Perceived> perceived,
            List<SuccessPlans.Owed> tasks,
            List<SuccessPlans.Feature> features,
            List<SuccessPlans.Feature> catalogue,
            List<Return> returns,
            List<Chronicle.Entry> history,
            List<ProgressLetters.Reader> readers,
            List<ProgressLetters.Sent> sent,
            boolean canAsk,
            List<OutcomeMeasure> measures,
            List<Contact> contacts,
            List<Colleague> colleagues,
            PlanDraft draft,
            OutcomeDraft fresh,
            boolean mayWrite,
            String key,
            LocalDate today,
            @Nullable String problem,
            @Nullable Notice notice) {

        public String measureTitle(String id) {
            return measures.stream()
                    .filter(one -> one.id().equals(id))
                    .map(OutcomeMeasure::title)
                    .findFirst()
                    .orElse(id);
        }

        public String editing() {
            return String.valueOf(plan.version());
        }
    }

    /** @param key of the form, so that sending it twice makes one */
    public record NewView(
            AccountCard account,
            PlanDraft draft,
            List<Blueprint> blueprints,
            String blueprint,
            List<Colleague> colleagues,
            String key,
            @Nullable String problem) {}

    @GetMapping("/success-plans/{id}")
    String view(Viewer viewer, HttpServletRequest request, @PathVariable UUID id, Model model) {
        return show(viewer, id, null, Notice.take(request), model);
    }

    String show(Viewer viewer, UUID id, @Nullable Typed typed, @Nullable Notice notice, Model model) {
        Plan plan = plans.find(id, viewer).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Frame frame = frames.frame(plan.name(), SuccessNavigation.PLANS).under("Success plans", "/success-plans");
        model.addAttribute("frame", frame);
        model.addAttribute("view", view(plan, viewer, typed, notice));
        return "success/plan";
    }

    private View view(Plan plan, Viewer viewer, @Nullable Typed typed, @Nullable Notice notice) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean mayWrite = PlanWork.mayWrite(viewer);
        PlanDraft draft = typed == null ? null : typed.plan();
        OutcomeDraft fresh = typed == null ? null : typed.outcome();
        return new View(
                plan,
                plans.outcomes(plan.id()),
                plans.stakeholders(plan.id()),
                plans.perceived(plan.id()),
                plans.tasks(plan.id()),
                plans.features(plan),
                mayWrite ? plans.catalogue() : List.of(),
                plans.returns(plan),
                plans.history(plan.id()),
                letters.readers(plan.account()),
                letters.sent(plan.id()),
                letters.canAsk(),
                measured.measures(),
                accounts.contacts(plan.account()).stream()
                        .filter(person -> person.isHereOn(today))
                        .toList(),
                team.active(),
                draft == null ? PlanDraft.from(plan) : draft,
                fresh == null ? OutcomeDraft.EMPTY : fresh,
                mayWrite,
                UUID.randomUUID().toString(),
                today,
                typed == null ? null : typed.problem(),
                notice);
    }

    @GetMapping("/success-plans/new")
    String blank(
            Viewer viewer,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String blueprint,
            Model model) {
        Optional<UUID> id = Ids.read(account);
        if (id.isEmpty()) {
            return "redirect:/success-plans?look=none";
        }
        AccountCard card = accounts.find(new AccountId(id.get()), viewer)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Optional<Blueprint> chosen = blueprints.find(blueprint);
        PlanDraft draft = new PlanDraft(
                chosen.map(Blueprint::name).orElse(""),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString(),
                "",
                "",
                "",
                "",
                "",
                card.ownerId() == null ? "" : card.ownerId().toString());
        return form(
                card,
                draft,
                chosen.map(Blueprint::key).orElse(""),
                UUID.randomUUID().toString(),
                null,
                model);
    }

    String form(
            AccountCard card, PlanDraft draft, String blueprint, String key, @Nullable String problem, Model model) {
        model.addAttribute(
                "frame",
                frames.frame("New success plan", SuccessNavigation.PLANS).under("Success plans", "/success-plans"));
        model.addAttribute(
                "view",
                new NewView(card, draft, blueprints.suited(card.industry()), blueprint, team.active(), key, problem));
        return "success/new";
    }

    /** What the paper says is what the page says. */
    public record Paper(
            Plan plan,
            List<Outcome> outcomes,
            List<SuccessPlans.Perceived> perceived,
            List<Return> returns,
            List<SuccessPlans.Stakeholder> stakeholders,
            LocalDate madeOn) {}

    @GetMapping("/success-plans/{id}/report.pdf")
    ResponseEntity<byte[]> report(Viewer viewer, @PathVariable UUID id) {
        Plan plan = plans.find(id, viewer).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Paper paper = new Paper(
                plan,
                plans.outcomes(id),
                plans.perceived(id),
                plans.returns(plan),
                plans.stakeholders(id),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(
                                        "Progress " + plan.accountName() + " " + paper.madeOn() + ".pdf",
                                        StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(pdf.of("success/planPrint", Map.of("paper", paper)));
    }
}
