package io.perennial.campaigns.web;

import io.perennial.campaigns.Campaign;
import io.perennial.campaigns.Campaign.State;
import io.perennial.campaigns.CampaignMoved;
import io.perennial.campaigns.CampaignRefused;
import io.perennial.campaigns.CampaignStart;
import io.perennial.campaigns.CampaignSteering;
import io.perennial.campaigns.Campaigns;
import io.perennial.campaigns.LetterRules;
import io.perennial.campaigns.Worker;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Campaigns: the list, and one with its draft, its people and its effect. */
@Controller
public class CampaignPages {

    private final Campaigns campaigns;
    private final CampaignStart starts;
    private final CampaignSteering steering;
    private final CampaignPage page;
    private final Frames frames;

    CampaignPages(
            Campaigns campaigns, CampaignStart starts, CampaignSteering steering, CampaignPage page, Frames frames) {
        this.campaigns = campaigns;
        this.starts = starts;
        this.steering = steering;
        this.page = page;
        this.frames = frames;
    }

    @GetMapping("/campaigns")
    String list(Viewer viewer, HttpServletRequest request, @RequestParam(defaultValue = "") String state, Model model) {
        return list(viewer, state, null, Notice.take(request), model);
    }

    private String list(Viewer viewer, String state, @Nullable String problem, @Nullable Notice notice, Model model) {
        State known = Arrays.stream(State.values())
                .filter(one -> one.key().equals(state))
                .findFirst()
                .orElse(null);
        model.addAttribute("frame", frames.frame("Campaigns", CampaignNavigation.CAMPAIGNS));
        model.addAttribute(
                "view",
                new CampaignView.Listed(
                        campaigns.latest(known),
                        known == null ? "" : known.key(),
                        Ids.next().toString(),
                        viewer.role().mayWork(),
                        LetterRules.maySet(viewer),
                        problem,
                        notice));
        return "campaigns/campaigns";
    }

    @PostMapping("/campaigns")
    String begin(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String key,
            Model model) {
        try {
            return "redirect:/campaigns/" + campaigns.begin(name, key, Worker.of(viewer));
        } catch (CampaignRefused e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return list(viewer, "", e.getMessage(), null, model);
        }
    }

    @GetMapping("/campaigns/{id}")
    String view(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "1") int step,
            @RequestParam(defaultValue = "") String reader,
            Model model) {
        return page.show(
                viewer, id, new CampaignPage.Look(state, after, step, reader), null, Notice.take(request), model);
    }

    @PostMapping("/campaigns/{id}")
    String save(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> typed,
            @RequestParam(defaultValue = "-1") int seen) {
        Campaign known = campaigns.find(id).orElseThrow(NoSuchElementException::new);
        Campaigns.Draft draft = null;
        try {
            draft = CampaignForm.draft(typed, known);
            UUID change = campaigns.save(id, seen, draft, Worker.of(viewer));
            String wanted = CampaignForm.one(typed, "do");
            return sent.done(
                    wanted.isEmpty() ? "Kept." : null,
                    change,
                    "/campaigns/" + id + (wanted.isEmpty() ? "#reach" : "#steps"));
        } catch (CampaignRefused e) {
            Model model = again(sent, e);
            return draft == null
                    ? page.show(viewer, id, CampaignPage.Look.PLAIN, e.getMessage(), null, model)
                    : page.draft(viewer, Campaigns.with(known, draft), e.getMessage(), model);
        }
    }

    /** While the form is filled in: who would get it, kept or not. */
    @PostMapping("/campaigns/{id}/audience")
    String audience(
            Viewer viewer, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> typed, Model model) {
        Campaign known = campaigns.find(id).orElseThrow(NoSuchElementException::new);
        Campaign asked;
        try {
            asked = Campaigns.with(known, CampaignForm.draft(typed, known));
        } catch (CampaignRefused e) {
            asked = known;
        }
        model.addAttribute("campaign", asked);
        model.addAttribute("reach", campaigns.reach(asked, Worker.of(viewer)));
        return "campaigns/reach";
    }

    @PostMapping("/campaigns/{id}/start")
    String start(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam(defaultValue = "-1") String people) {
        String number = people.replaceAll("[\\s,.'’]", "");
        long expected = number.matches("\\d{1,9}") ? Long.parseLong(number) : -1;
        return act(viewer, sent, id, () -> {
            UUID change = starts.start(id, seen, expected, Worker.of(viewer));
            UUID job = campaigns.find(id).map(Campaign::job).orElse(null);
            return new Notice("Started. The first letters leave in a minute.", change, job);
        });
    }

    @PostMapping("/campaigns/{id}/pause")
    String pause(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return act(
                viewer,
                sent,
                id,
                () -> said("Paused. Nothing leaves until it goes on.", steering.pause(id, Worker.of(viewer))));
    }

    @PostMapping("/campaigns/{id}/continuation")
    String goOn(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return act(viewer, sent, id, () -> said("It goes on.", steering.goOn(id, Worker.of(viewer))));
    }

    @PostMapping("/campaigns/{id}/cancellation")
    String cancel(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return act(
                viewer,
                sent,
                id,
                () -> said("Cancelled. What had not left does not leave.", steering.cancel(id, Worker.of(viewer))));
    }

    @PostMapping("/campaigns/{id}/copy")
    String copy(Viewer viewer, @PathVariable UUID id) {
        return "redirect:/campaigns/" + campaigns.copy(id, Worker.of(viewer));
    }

    @PostMapping("/campaigns/{id}/removal")
    String discard(Viewer viewer, HttpServletRequest request, @PathVariable UUID id) {
        new Notice("The draft is gone.", campaigns.discard(id, Worker.of(viewer)), null).leave(request);
        return "redirect:/campaigns";
    }

    @PostMapping("/campaigns/{id}/test-letter")
    String test(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "1") int step,
            @RequestParam(defaultValue = "") String reader) {
        UUID contact = CampaignPage.id(reader);
        return act(viewer, sent, id, () -> {
            campaigns.test(id, step, contact, "", viewer);
            return new Notice("A test letter is on its way to " + viewer.email() + ".", null, null);
        });
    }

    private static Notice said(String words, @Nullable UUID change) {
        return new Notice(change == null ? "Nothing was changed: somebody was quicker." : words, change, null);
    }

    private String act(Viewer viewer, SentForm sent, UUID id, Supplier<Notice> what) {
        try {
            what.get().leave(sent.request());
            return "redirect:/campaigns/" + id;
        } catch (CampaignRefused e) {
            return page.show(viewer, id, CampaignPage.Look.PLAIN, e.getMessage(), null, again(sent, e));
        }
    }

    private static Model again(SentForm sent, CampaignRefused why) {
        return why instanceof CampaignMoved ? sent.overtaken() : sent.refused();
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
