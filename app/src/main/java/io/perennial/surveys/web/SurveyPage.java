package io.perennial.surveys.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.exports.CsvTable;
import io.perennial.platform.exports.TableWriter;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.surveys.Comments;
import io.perennial.surveys.Estimate;
import io.perennial.surveys.FollowUps;
import io.perennial.surveys.LeftOut;
import io.perennial.surveys.Survey;
import io.perennial.surveys.SurveyDefinitions;
import io.perennial.surveys.SurveyKind;
import io.perennial.surveys.SurveyPeople;
import io.perennial.surveys.SurveyRefused;
import io.perennial.surveys.SurveyResults;
import io.perennial.surveys.ThemeWords;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What came of one survey: the score and how sure it is, what they wrote, who was asked, who is silent, who was left out. */
@Controller
public class SurveyPage {

    private static final int COMMENTS = 200;

    private final SurveyDefinitions definitions;
    private final SurveyResults results;
    private final SurveyPeople people;
    private final LeftOut leftOut;
    private final Comments comments;
    private final FollowUps followUps;
    private final Frames frames;

    SurveyPage(
            SurveyDefinitions definitions,
            SurveyResults results,
            SurveyPeople people,
            LeftOut leftOut,
            Comments comments,
            FollowUps followUps,
            Frames frames) {
        this.definitions = definitions;
        this.results = results;
        this.people = people;
        this.leftOut = leftOut;
        this.comments = comments;
        this.followUps = followUps;
        this.frames = frames;
    }

    /** @param comments of a named survey, {@code nameless} of an anonymous one */
    public record View(
            Survey survey,
            SurveyResults.Results results,
            SurveyResults.Cut by,
            Comments.Asked asked,
            Map<String, Long> tones,
            Comments.@Nullable Page comments,
            List<Comments.Nameless> nameless,
            List<ThemeWords.Theme> themes,
            FollowUps.Kept kept,
            boolean mayChange,
            @Nullable String problem,
            @Nullable Notice notice) {

        public String title() {
            if (survey.state() == Survey.State.DRAFT) {
                return survey.name() + ": not sent yet";
            }
            Estimate score = results.total().score();
            if (score == null) {
                return survey.name() + ": "
                        + (results.total().hidden()
                                ? "too few answers to be shown without names"
                                : results.total().asked() == 0 ? "nobody asked yet" : "no answer yet");
            }
            return survey.name() + ": "
                    + (survey.kind() == SurveyKind.NPS
                            ? "NPS " + score.rounded()
                            : score.percent() + " " + happyWords());
        }

        public String happyWords() {
            return switch (survey.kind()) {
                case NPS -> "would recommend us";
                case CSAT -> "are satisfied";
                case CES -> "find it easy";
                case SUCCESS -> "reach what they wanted";
                case RENEWAL -> "would renew";
            };
        }

        public String address() {
            return "/surveys/" + survey.id();
        }

        public List<Tab> tabs() {
            return parts(survey, "");
        }

        public List<SurveyResults.Cut> cuts() {
            return List.of(SurveyResults.Cut.values());
        }

        public List<String> toneKeys() {
            return List.of("negative", "neutral", "positive");
        }

        public long tone(String key) {
            return tones.getOrDefault(key, 0L);
        }
    }

    /** The parts of one survey, as tabs. */
    static List<Tab> parts(Survey survey, String current) {
        String address = "/surveys/" + survey.id();
        return List.of(
                new Tab("Results", address, current.equals("")),
                new Tab("Who was asked", address + "/people", current.equals("people")),
                new Tab("Left out", address + "/left-out", current.equals("left-out")),
                new Tab("Letter", address + "/send", current.equals("send")));
    }

    @GetMapping("/surveys/{id}")
    String survey(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "segment") String by,
            @RequestParam(defaultValue = "") String tone,
            @RequestParam(defaultValue = "") String word,
            @RequestParam(required = false) @Nullable String before,
            Model model) {
        Survey survey = find(id);
        SurveyResults.Cut cut = SurveyResults.Cut.of(by).orElse(SurveyResults.Cut.SEGMENT);
        String shown = word.length() > 100 ? word.substring(0, 100) : word;
        Comments.Asked asked = new Comments.Asked(id, "", tone, shown);
        model.addAttribute("frame", frame(survey.name()));
        model.addAttribute(
                "view",
                new View(
                        survey,
                        results.of(survey, cut, viewer),
                        cut,
                        asked,
                        survey.anonymous() ? Map.of() : comments.tones(asked, viewer),
                        survey.anonymous() ? null : comments.page(asked, before, viewer),
                        survey.anonymous() ? comments.nameless(survey, viewer, COMMENTS) : List.of(),
                        survey.anonymous() ? List.of() : comments.themes(asked, viewer),
                        followUps.kept(id, viewer),
                        SurveyDefinitions.mayChange(survey, viewer),
                        null,
                        Notice.take(request)));
        return "surveys/survey";
    }

    private Survey find(UUID id) {
        return definitions.find(id).orElseThrow(() -> new NoSuchElementException("There is no such survey."));
    }

    private Frame frame(String title) {
        return frames.frame(title, SurveyNavigation.SURVEYS).under(SurveyNavigation.SURVEYS, SurveyNavigation.ADDRESS);
    }

    public record PeopleView(Survey survey, SurveyPeople.Show show, SurveyPeople.Page page) {

        public List<Tab> tabs() {
            return parts(survey, "people");
        }

        public List<SurveyPeople.Show> shows() {
            return survey.anonymous()
                    ? List.of(SurveyPeople.Show.ALL, SurveyPeople.Show.NOT_REACHED)
                    : Arrays.asList(SurveyPeople.Show.values());
        }
    }

    @GetMapping("/surveys/{id}/people")
    String people(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "all") String show,
            @RequestParam(required = false) @Nullable String before,
            Model model) {
        Survey survey = find(id);
        SurveyPeople.Show shown = SurveyPeople.Show.of(show);
        model.addAttribute("frame", frame("Who was asked").under(survey.name(), "/surveys/" + id));
        model.addAttribute("view", new PeopleView(survey, shown, people.page(survey, shown, before, viewer)));
        return "surveys/people";
    }

    public record LeftOutView(Survey survey, String reason, LeftOut.Page page) {

        public List<Tab> tabs() {
            return parts(survey, "left-out");
        }

        public List<String> reasons() {
            return LeftOut.reasons();
        }
    }

    @GetMapping("/surveys/{id}/left-out")
    String leftOut(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) @Nullable String before,
            Model model) {
        Survey survey = find(id);
        model.addAttribute("frame", frame("Left out").under(survey.name(), "/surveys/" + id));
        model.addAttribute("view", new LeftOutView(survey, reason, leftOut.page(id, reason, before, viewer)));
        return "surveys/leftOut";
    }

    @PostMapping("/surveys/{id}/close")
    String close(Viewer viewer, HttpServletRequest request, @PathVariable UUID id) {
        return state(id, viewer, request, true);
    }

    @PostMapping("/surveys/{id}/reopen")
    String reopen(Viewer viewer, HttpServletRequest request, @PathVariable UUID id) {
        return state(id, viewer, request, false);
    }

    private String state(UUID id, Viewer viewer, HttpServletRequest request, boolean close) {
        try {
            UUID change = close
                    ? definitions.close(id, viewer, viewer.actor())
                    : definitions.reopen(id, viewer, viewer.actor());
            new Notice(
                            close
                                    ? "The survey is closed: nobody is asked or reminded any more, and links are over. Answers stay."
                                    : "The survey goes on. Links that are not over work again.",
                            change,
                            null)
                    .leave(request);
        } catch (SurveyRefused e) {
            new Notice(String.valueOf(e.getMessage()), null, null).leave(request);
        }
        return "redirect:/surveys/" + id;
    }

    @GetMapping("/surveys/{id}/answers.csv")
    void csv(Viewer viewer, HttpServletResponse response, @PathVariable UUID id) throws IOException {
        Survey survey = find(id);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"survey-answers.csv\"");
        try (TableWriter table = new CsvTable(response.getOutputStream())) {
            table.header(List.of(
                    "answered_at",
                    "account",
                    "account_name",
                    "contact",
                    "person",
                    "segment",
                    "role",
                    "language",
                    "score",
                    "scale_max",
                    "comment",
                    "tone",
                    "follow_up_due",
                    "follow_up_done",
                    "outcome"));
            people.each(survey, viewer, one -> {
                try {
                    table.row(Arrays.asList(
                            one.answeredAt(),
                            one.account(),
                            one.accountName(),
                            one.contact(),
                            one.person(),
                            one.segment(),
                            one.role(),
                            one.language(),
                            one.score(),
                            survey.kind().best(),
                            one.comment(),
                            one.tone(),
                            one.dueOn(),
                            one.doneOn(),
                            one.outcome()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
