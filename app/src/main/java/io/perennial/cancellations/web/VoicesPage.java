package io.perennial.cancellations.web;

import io.perennial.cancellations.ExitVoices;
import io.perennial.cancellations.Interviews;
import io.perennial.cancellations.LossCut;
import io.perennial.contracts.ReasonCategory;
import io.perennial.contracts.ReasonCategory.Family;
import io.perennial.identity.Viewer;
import io.perennial.metrics.Interval;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Tab;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What do those who leave say, in their own words? */
@Controller
public class VoicesPage {

    static final String ADDRESS = "/cancellations/voices";

    private final ExitVoices voices;
    private final Frames frames;
    private final Clock clock;

    VoicesPage(ExitVoices voices, Frames frames, Clock clock) {
        this.voices = voices;
        this.frames = frames;
        this.clock = clock;
    }

    /**
     * @param reason only this category; empty for all
     * @param about only this question; empty for all
     */
    public record View(
            LossAsking asking,
            ExitVoices.Heard heard,
            ExitVoices.Page page,
            String reason,
            String about,
            Instant asOf) {

        public String title() {
            return heard.asked() + heard.interviewed() == 0
                    ? "Nobody who left was asked in this period"
                    : heard.answered() + " of " + heard.asked() + " answered why they leave, and " + heard.interviewed()
                            + (heard.interviewed() == 1 ? " interview was held" : " interviews were held");
        }

        public String interval() {
            Interval range = heard.interval();
            return range == null
                    ? ""
                    : String.format(
                            Locale.ENGLISH,
                            "95 %% interval %.0f to %.0f %%",
                            range.from().doubleValue(),
                            range.to().doubleValue());
        }

        public List<Family> families() {
            return List.of(Family.values());
        }

        public List<Interviews.Question> questions() {
            return Interviews.QUESTIONS;
        }

        public List<Tab> tabs() {
            return CancellationNavigation.tabs("voices");
        }

        public String at(int page) {
            UriComponentsBuilder url = UriComponentsBuilder.fromPath(ADDRESS)
                    .queryParam("from", asking.from())
                    .queryParam("to", asking.to())
                    .queryParam("reason", reason)
                    .queryParam("about", about)
                    .queryParam("page", page);
            return url.encode().toUriString();
        }
    }

    @GetMapping(ADDRESS)
    String show(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String about,
            @RequestParam(defaultValue = "1") String page,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LossAsking asking = LossAsking.of(from, to, LossCut.REASON.key(), null, "", page, today);
        String category = ReasonCategory.of(reason).map(ReasonCategory::key).orElse("");
        String question = ExitVoices.isQuestion(about) ? about : "";
        model.addAttribute(
                "frame",
                frames.frame("In their words", CancellationNavigation.CANCELLATIONS)
                        .under(CancellationNavigation.CANCELLATIONS, LossAsking.PATH));
        model.addAttribute(
                "view",
                new View(
                        asking,
                        voices.heard(asking.question(today, viewer)),
                        voices.page(asking.question(today, viewer), category, question, asking.page()),
                        category,
                        question,
                        clock.instant()));
        return "cancellations/voices";
    }
}
