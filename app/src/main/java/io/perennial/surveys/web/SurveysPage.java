package io.perennial.surveys.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.surveys.Estimate;
import io.perennial.surveys.FollowUps;
import io.perennial.surveys.Survey;
import io.perennial.surveys.SurveyList;
import io.perennial.surveys.SurveyRounds;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How do they feel, and did we answer? All surveys, and what is owed to the unhappy. */
@Controller
public class SurveysPage {

    private final SurveyList list;
    private final FollowUps followUps;
    private final SurveyRounds rounds;
    private final Frames frames;

    SurveysPage(SurveyList list, FollowUps followUps, SurveyRounds rounds, Frames frames) {
        this.list = list;
        this.followUps = followUps;
        this.rounds = rounds;
        this.frames = frames;
    }

    public record View(
            List<SurveyList.Line> lines,
            List<SurveyList.Other> others,
            FollowUps.Kept kept,
            boolean canAsk,
            boolean mayWork,
            @Nullable Notice notice) {

        public String title() {
            if (kept.overdue() > 0) {
                return kept.overdue() == 1
                        ? "One unhappy customer waits longer than we promised"
                        : kept.overdue() + " unhappy customers wait longer than we promised";
            }
            if (kept.open() > 0) {
                return kept.open() == 1
                        ? "One unhappy customer is to be called"
                        : kept.open() + " unhappy customers are to be called";
            }
            long running = lines.stream()
                    .filter(line -> line.survey().state() == Survey.State.RUNNING)
                    .count();
            if (running > 0) {
                return running == 1
                        ? "One survey is out, and nobody unhappy waits"
                        : running + " surveys are out, and nobody unhappy waits";
            }
            return isEmpty() ? "Nobody has been asked yet" : "No survey is out, and nobody unhappy waits";
        }

        public boolean isEmpty() {
            return lines.isEmpty() && others.isEmpty();
        }

        public List<Tab> tabs() {
            return SurveyNavigation.tabs("");
        }

        public @Nullable Estimate inTime() {
            return kept.share();
        }
    }

    @GetMapping(SurveyNavigation.ADDRESS)
    String surveys(Viewer viewer, HttpServletRequest request, Model model) {
        model.addAttribute("frame", frames.frame(SurveyNavigation.SURVEYS, SurveyNavigation.SURVEYS));
        model.addAttribute(
                "view",
                new View(
                        list.lines(viewer),
                        list.others(viewer),
                        followUps.kept(null, viewer),
                        rounds.canAsk(),
                        viewer.role().mayWork(),
                        Notice.take(request)));
        return "surveys/list";
    }

    /** @param rows open ones by due day, or closed ones */
    public record FollowUpsView(
            List<FollowUps.Row> rows, boolean more, boolean open, int page, FollowUps.Kept kept, LocalDate today) {

        public String title() {
            Estimate share = kept.share();
            return share == null
                    ? "Nobody unhappy waits to be called"
                    : String.format(Locale.ENGLISH, "%s of what was due was closed in time", share.percent());
        }

        public List<Tab> tabs() {
            return SurveyNavigation.tabs("follow-ups");
        }
    }

    @GetMapping(SurveyNavigation.ADDRESS + "/follow-ups")
    String followUps(
            Viewer viewer,
            @RequestParam(defaultValue = "open") String show,
            @RequestParam(defaultValue = "1") String page,
            Model model) {
        boolean open = !show.equals("closed");
        int number = page.matches("[0-9]{1,4}") ? Math.max(1, Integer.parseInt(page)) : 1;
        List<FollowUps.Row> rows = followUps.rows(open, number, viewer);
        boolean more = rows.size() > FollowUps.PAGE;
        model.addAttribute(
                "frame",
                frames.frame("To follow up", SurveyNavigation.SURVEYS)
                        .under(SurveyNavigation.SURVEYS, SurveyNavigation.ADDRESS));
        model.addAttribute(
                "view",
                new FollowUpsView(
                        more ? rows.subList(0, FollowUps.PAGE) : rows,
                        more,
                        open,
                        number,
                        followUps.kept(null, viewer),
                        list.today()));
        return "surveys/followUps";
    }
}
