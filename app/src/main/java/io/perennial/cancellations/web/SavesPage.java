package io.perennial.cancellations.web;

import io.perennial.cancellations.LossCut;
import io.perennial.cancellations.SaveRate;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How many do we keep of those whom we try to keep, and with which offer? */
@Controller
public class SavesPage {

    static final String ADDRESS = "/cancellations/attempts";

    private final SaveRate rate;
    private final Frames frames;
    private final Clock clock;

    SavesPage(SaveRate rate, Frames frames, Clock clock) {
        this.rate = rate;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param offer only this one; empty for all */
    public record View(
            LossAsking asking,
            SaveRate.Figures figures,
            String offer,
            List<SaveRate.Verdict> verdicts,
            Instant asOf,
            @Nullable Notice notice) {

        public String title() {
            SaveRate.Tally total = figures.total();
            Double percent = total.percent();
            if (total.decided() == 0) {
                return "No save attempt was decided in this period";
            }
            return percent == null
                    ? "No save can be checked yet"
                    : Math.round(percent) + " % of those whom somebody tried to keep are still there";
        }

        public List<Tab> tabs() {
            return CancellationNavigation.tabs("attempts");
        }
    }

    @GetMapping(ADDRESS)
    String saves(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String group,
            @RequestParam(defaultValue = "1") String page,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LossAsking asking = LossAsking.of(from, to, LossCut.REASON.key(), null, "", page, today);
        String offer = group.replace("\0", "");
        model.addAttribute(
                "frame",
                frames.frame("Save attempts", CancellationNavigation.CANCELLATIONS)
                        .under(CancellationNavigation.CANCELLATIONS, "/cancellations"));
        model.addAttribute(
                "view",
                new View(
                        asking,
                        rate.figures(asking.question(today, viewer)),
                        offer,
                        rate.verdicts(asking.question(today, viewer), offer, asking.page()),
                        clock.instant(),
                        Notice.take(request)));
        return "cancellations/saves";
    }
}
