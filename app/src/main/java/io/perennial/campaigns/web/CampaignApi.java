package io.perennial.campaigns.web;

import io.perennial.campaigns.Audience;
import io.perennial.campaigns.AudienceQuery.Reach;
import io.perennial.campaigns.Campaign;
import io.perennial.campaigns.Campaign.State;
import io.perennial.campaigns.CampaignPeople;
import io.perennial.campaigns.CampaignPeople.Person;
import io.perennial.campaigns.CampaignPeople.Progress;
import io.perennial.campaigns.CampaignRefused;
import io.perennial.campaigns.CampaignStart;
import io.perennial.campaigns.CampaignSteering;
import io.perennial.campaigns.Campaigns;
import io.perennial.campaigns.Effect;
import io.perennial.campaigns.Worker;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.CurrentActor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Campaigns for programs: what runs, who is in it with which state, and what it did. */
@RestController
@RequestMapping("/api/v1/campaigns")
@Tag(name = "Campaigns", description = "Letters and tasks for people of one role and behaviour, and what they did")
class CampaignApi {

    private static final int MOST = 1_000;

    private final Campaigns campaigns;
    private final CampaignPeople people;
    private final CampaignStart starts;
    private final CampaignSteering steering;
    private final CurrentActor caller;

    CampaignApi(
            Campaigns campaigns,
            CampaignPeople people,
            CampaignStart starts,
            CampaignSteering steering,
            CurrentActor caller) {
        this.campaigns = campaigns;
        this.people = people;
        this.starts = starts;
        this.steering = steering;
        this.caller = caller;
    }

    record CampaignAnswer(
            UUID id,
            long number,
            String name,
            String state,
            Audience audience,
            String forWhom,
            String goal,
            int holdOut,
            boolean joining,
            String madeBy,
            Instant madeAt,
            @Nullable String startedBy,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable UUID job) {

        static CampaignAnswer of(Campaign campaign) {
            return new CampaignAnswer(
                    campaign.id(),
                    campaign.number(),
                    campaign.name(),
                    campaign.state().key(),
                    campaign.audience(),
                    campaign.audience().words(),
                    campaign.goal().words(),
                    campaign.holdOut(),
                    campaign.joining(),
                    campaign.madeBy(),
                    campaign.madeAt(),
                    campaign.startedBy(),
                    campaign.startedAt(),
                    campaign.finishedAt(),
                    campaign.job());
        }
    }

    record CampaignList(List<CampaignAnswer> items) {}

    record CampaignResult(
            Map<String, Long> people,
            Map<String, Long> letters,
            long tasks,
            long unsubscribed,
            long complaints,
            CampaignEffect effect) {}

    record CampaignEffect(
            String finding,
            boolean enough,
            long customersWrittenTo,
            long ofThemReached,
            long customersHeldOut,
            long ofHeldOutReached,
            long customersStillToCome,
            @Nullable Double differencePoints,
            @Nullable Double low,
            @Nullable Double high) {

        static CampaignEffect of(Effect effect) {
            return new CampaignEffect(
                    effect.headline(),
                    effect.isEnough(),
                    effect.written(),
                    effect.reached(),
                    effect.heldOut(),
                    effect.heldOutReached(),
                    effect.waiting(),
                    effect.isEnough() ? effect.difference() : null,
                    effect.isEnough() ? effect.low() : null,
                    effect.isEnough() ? effect.high() : null);
        }
    }

    record CampaignPerson(
            UUID contact,
            UUID account,
            String name,
            String state,
            String why,
            int got,
            @Nullable LocalDate reachedOn) {

        static CampaignPerson of(Person person) {
            return new CampaignPerson(
                    person.contact(),
                    person.account(),
                    person.name(),
                    person.state(),
                    person.why(),
                    person.got(),
                    person.reachedOn());
        }
    }

    record CampaignPersons(
            List<CampaignPerson> items, @Nullable UUID next) {}

    @GetMapping
    @Operation(summary = "List campaigns, latest first")
    CampaignList list(@RequestParam(required = false) @Nullable String state) {
        State known = state == null
                ? null
                : Arrays.stream(State.values())
                        .filter(one -> one.key().equals(state))
                        .findFirst()
                        .orElseThrow(() -> new ApiProblem(
                                422,
                                "unknown_state",
                                "There is no such state",
                                "draft, running, paused, finished, cancelled"));
        return new CampaignList(
                campaigns.latest(known).stream().map(CampaignAnswer::of).toList());
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read a campaign")
    CampaignAnswer read(@PathVariable UUID id) {
        return CampaignAnswer.of(find(id));
    }

    @GetMapping("/{id}/result")
    @Operation(summary = "Read how far a campaign is and what it did")
    CampaignResult result(@PathVariable UUID id) {
        Campaign campaign = find(id);
        Progress progress = people.progress(id);
        return new CampaignResult(
                progress.states(),
                progress.letters(),
                progress.tasks(),
                progress.unsubscribed(),
                progress.complaints(),
                CampaignEffect.of(people.effect(campaign)));
    }

    @GetMapping("/{id}/people")
    @Operation(summary = "List the people of a campaign with where they are")
    CampaignPersons people(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "200") int limit) {
        find(id);
        int most = Math.clamp(limit, 1, MOST);
        List<CampaignPerson> found = people.people(id, state, after, most, Viewer.EVERYTHING).stream()
                .map(CampaignPerson::of)
                .toList();
        return new CampaignPersons(
                found, found.size() < most ? null : found.getLast().contact());
    }

    record CampaignText(@Nullable String subject, @Nullable String body) {}

    record CampaignStep(
            @Nullable String kind,
            @Nullable Integer waitDays,
            @Nullable Map<String, CampaignText> texts) {}

    record CampaignAudience(
            @Nullable List<String> roles,
            @Nullable List<String> segments,
            @Nullable List<String> stages,
            @Nullable List<String> bands,
            @Nullable List<String> products,
            @Nullable String behaviour,
            @Nullable String feature,
            @Nullable Integer share) {}

    record CampaignGoal(
            @Nullable String feature,
            @Nullable Integer days,
            @Nullable Integer within,
            @Nullable Boolean byCustomer) {}

    record CampaignDraft(
            @Nullable String name,
            @Nullable CampaignAudience audience,
            @Nullable CampaignGoal goal,
            @Nullable Integer holdOut,
            @Nullable Boolean joining,
            @Nullable List<CampaignStep> steps) {}

    record CampaignStarting(@Nullable Long people) {}

    @PostMapping
    @Operation(summary = "Write a campaign as a draft")
    CampaignAnswer begin(@RequestBody CampaignDraft body) {
        return refusing(() -> {
            UUID id = campaigns.begin(text(body.name()), fresh -> CampaignBody.draft(body, fresh), worker());
            return CampaignAnswer.of(find(id));
        });
    }

    @PutMapping("/{id}")
    @Operation(summary = "Write a draft anew")
    CampaignAnswer save(@PathVariable UUID id, @RequestBody CampaignDraft body) {
        return refusing(() -> {
            campaigns.save(id, find(id).version(), CampaignBody.draft(body, find(id)), worker());
            return CampaignAnswer.of(find(id));
        });
    }

    @GetMapping("/{id}/reach")
    @Operation(summary = "Count whom a campaign would reach now, and why others not")
    CampaignReach reach(@PathVariable UUID id) {
        Campaign campaign = find(id);
        Reach reach = campaigns.reach(campaign, worker());
        Map<String, Long> leftOut = new LinkedHashMap<>();
        reach.reasons().forEach(reason -> leftOut.put(reason.why(), reason.people()));
        return new CampaignReach(
                reach.counted(),
                reach.gets(),
                reach.customers(),
                leftOut,
                campaign.isDraft() ? starts.obstacles(campaign, reach, worker()) : List.of());
    }

    record CampaignReach(
            boolean counted, long people, long customers, Map<String, Long> leftOut, List<String> obstacles) {}

    @PostMapping("/{id}/start")
    @Operation(summary = "Start a campaign for as many people as were counted")
    CampaignAnswer start(@PathVariable UUID id, @RequestBody CampaignStarting body) {
        Long people = body.people();
        return done(id, () -> starts.start(id, find(id).version(), people == null ? -1 : people, worker()));
    }

    @PostMapping("/{id}/pause")
    @Operation(summary = "Pause a campaign; nothing leaves until it goes on")
    CampaignAnswer pause(@PathVariable UUID id) {
        return done(id, () -> steering.pause(id, worker()));
    }

    @PostMapping("/{id}/continuation")
    @Operation(summary = "Go on with a paused campaign")
    CampaignAnswer goOn(@PathVariable UUID id) {
        return done(id, () -> steering.goOn(id, worker()));
    }

    @PostMapping("/{id}/cancellation")
    @Operation(summary = "Cancel what has not left yet")
    CampaignAnswer cancel(@PathVariable UUID id) {
        return done(id, () -> steering.cancel(id, worker()));
    }

    private CampaignAnswer done(UUID id, Supplier<@Nullable UUID> verb) {
        find(id);
        refusing(verb);
        return CampaignAnswer.of(find(id));
    }

    /** What the house refuses is told in its own words. */
    private static <T extends @Nullable Object> T refusing(Supplier<T> verb) {
        try {
            return verb.get();
        } catch (CampaignRefused refused) {
            throw new ApiProblem(422, "refused", "Nothing was changed", String.valueOf(refused.getMessage()));
        }
    }

    private Worker worker() {
        return Worker.program(caller.actor());
    }

    static String text(@Nullable String said) {
        return said == null ? "" : said.replace("\0", "");
    }

    private Campaign find(UUID id) {
        return campaigns
                .find(id)
                .orElseThrow(() -> new ApiProblem(404, "not_found", "There is no such campaign", "Look at the list."));
    }
}
