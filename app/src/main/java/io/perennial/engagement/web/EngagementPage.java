package io.perennial.engagement.web;

import io.perennial.engagement.cadence.Cadences;
import io.perennial.engagement.cadence.EngagementFigures;
import io.perennial.engagement.cadence.Silence;
import io.perennial.engagement.capture.WaitingLetters;
import io.perennial.engagement.meetings.Meeting;
import io.perennial.engagement.meetings.Meetings;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Tab;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Whom do we hear from, how, and from whom not. */
@Controller
public class EngagementPage {

    private static final int SHOWN = 8;

    private final Silence silence;
    private final EngagementFigures figures;
    private final Meetings meetings;
    private final WaitingLetters letters;
    private final Cadences cadences;
    private final Frames frames;
    private final Clock clock;

    EngagementPage(
            Silence silence,
            EngagementFigures figures,
            Meetings meetings,
            WaitingLetters letters,
            Cadences cadences,
            Frames frames,
            Clock clock) {
        this.silence = silence;
        this.figures = figures;
        this.meetings = meetings;
        this.letters = letters;
        this.cadences = cadences;
        this.frames = frames;
        this.clock = clock;
    }

    /** What the page shows. */
    public record View(
            List<Silence.Fit> fits,
            List<Silence.Sum> silent,
            List<Silence.Row> rows,
            EngagementFigures.Quarter quarter,
            List<EngagementFigures.ByMember> members,
            List<Meeting> meetings,
            int waiting,
            Cadences.Version rules,
            LocalDate today) {

        public List<Tab> tabs() {
            return EngagementNavigation.tabs("/engagement");
        }

        public long customers() {
            return fits.stream().mapToLong(Silence.Fit::customers).sum();
        }

        public long overdue() {
            return fits.stream().mapToLong(Silence.Fit::overdue).sum();
        }

        /** Share of customers heard from in the time of their rule, whole percent, cut; empty when there is no customer. */
        public String inTime() {
            return customers() == 0 ? "–" : (customers() - overdue()) * 100 / customers() + " %";
        }

        public String headline() {
            return customers() == 0 ? "Nobody to hear from yet" : "We heard from " + inTime() + " of customers in time";
        }
    }

    @GetMapping("/engagement")
    String show(Viewer viewer, Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        model.addAttribute("frame", frames.frame("Engagement", EngagementNavigation.ENGAGEMENT));
        Cadences.Version rules = cadences.inForce();
        model.addAttribute(
                "view",
                new View(
                        silence.fits(rules.rules(), viewer),
                        silence.sums(Silence.Filter.NONE, rules.rules(), viewer),
                        silence.page(Silence.Filter.NONE, rules.rules(), "", SHOWN, viewer)
                                .rows(),
                        figures.quarter(viewer),
                        figures.byMember(viewer),
                        meetings.next(null, viewer, SHOWN),
                        letters.list(viewer).size(),
                        rules,
                        today));
        return "engagement/engagement";
    }
}
