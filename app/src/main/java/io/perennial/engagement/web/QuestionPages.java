package io.perennial.engagement.web;

import io.perennial.engagement.interviews.AnswersRead;
import io.perennial.engagement.interviews.InterviewRows.Before;
import io.perennial.engagement.interviews.Questionnaire;
import io.perennial.engagement.interviews.Questionnaires;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What customers answered to each question, and the questions themselves. */
@Controller
public class QuestionPages {

    private static final String QUESTIONS = "/interviews/questions";
    private static final String QUESTIONNAIRES = "/interviews/questionnaires";

    private final AnswersRead answers;
    private final Questionnaires questionnaires;
    private final JdbcClient database;
    private final Frames frames;

    QuestionPages(AnswersRead answers, Questionnaires questionnaires, JdbcClient database, Frames frames) {
        this.answers = answers;
        this.questionnaires = questionnaires;
        this.database = database;
        this.frames = frames;
    }

    /** @param days of the period */
    public record View(List<AnswersRead.OfQuestion> questions, String segment, int days, List<String> segments) {

        public List<Tab> tabs() {
            return EngagementNavigation.interviewTabs(QUESTIONS);
        }

        public boolean anything() {
            return questions.stream().anyMatch(one -> one.answers() > 0);
        }

        /** The rated question with the lowest mean, as the finding. */
        public String headline() {
            return questions.stream()
                    .filter(one -> one.mean() != null && one.rated() >= 2)
                    .min(java.util.Comparator.comparingDouble(one -> one.mean() == null ? 6 : one.mean()))
                    .map(one -> "Lowest: " + one.question().words() + " " + rounded(one.mean()) + " of 5, n = "
                            + one.rated())
                    .orElse("What customers answer, question by question");
        }

        public static String rounded(@Nullable Double value) {
            return value == null ? "–" : String.format(java.util.Locale.ENGLISH, "%.1f", value);
        }
    }

    /** @param next address of the next page; null on the last */
    public record AnswersView(
            AnswersRead.OfQuestion of,
            List<AnswersRead.Said> said,
            @Nullable String next) {}

    /** @param seen version that the form began with */
    public record TextView(
            List<String> names,
            String name,
            String body,
            String reason,
            int seen,
            List<Questionnaires.Version> versions,
            @Nullable String problem,
            boolean mayPublish,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            return EngagementNavigation.interviewTabs(QUESTIONNAIRES);
        }

        public List<Questionnaire.Question> questions() {
            return versions.isEmpty() ? List.of() : versions.getFirst().read().questions();
        }
    }

    @GetMapping(QUESTIONS)
    String questions(
            Viewer viewer,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "365") int days,
            Model model) {
        int period = Math.clamp(days, 1, 3_650);
        String of = segment.replace("\0", "");
        model.addAttribute("frame", frames.frame("Answers by question", EngagementNavigation.INTERVIEWS));
        model.addAttribute("view", new View(answers.all(of, period, viewer), of, period, segments()));
        return "engagement/questions";
    }

    @GetMapping(QUESTIONS + "/{key}")
    String question(
            @PathVariable String key,
            Viewer viewer,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "") String before,
            Model model) {
        String of = segment.replace("\0", "");
        AnswersRead.OfQuestion question = answers.all(of, 3_650, viewer).stream()
                .filter(one -> one.question().key().equals(key))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Before from = InterviewPages.before(before);
        List<AnswersRead.Said> found = answers.to(key, of, from, AnswersRead.PAGE + 1, viewer);
        boolean more = found.size() > AnswersRead.PAGE;
        List<AnswersRead.Said> shown = more ? found.subList(0, AnswersRead.PAGE) : found;
        model.addAttribute(
                "frame",
                frames.frame(question.question().words(), EngagementNavigation.INTERVIEWS)
                        .under("Answers by question", QUESTIONS));
        model.addAttribute(
                "view",
                new AnswersView(
                        question,
                        shown,
                        more
                                ? QUESTIONS + "/" + key + "?before="
                                        + InterviewPages.cursor(
                                                shown.getLast().heldOn(),
                                                shown.getLast().interview())
                                        + (of.isEmpty()
                                                ? ""
                                                : "&segment=" + URLEncoder.encode(of, StandardCharsets.UTF_8))
                                : null));
        return "engagement/question";
    }

    @GetMapping(QUESTIONNAIRES)
    String questionnaires(
            Viewer viewer, HttpServletRequest request, @RequestParam(defaultValue = "") String name, Model model) {
        List<Questionnaires.Version> all = questionnaires.inForce();
        boolean fresh = name.equals("new");
        Questionnaires.Version chosen =
                all.stream().filter(one -> one.name().equals(name)).findFirst().orElse(all.getFirst());
        return text(
                viewer,
                fresh ? "" : chosen.name(),
                fresh ? "# First part\ngoals: What do you want to reach this year?\n" : chosen.body(),
                "",
                fresh ? 0 : chosen.version(),
                null,
                Notice.take(request),
                model);
    }

    @PostMapping(QUESTIONNAIRES)
    String publish(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "0") int seen,
            Model model) {
        try {
            UUID change = questionnaires.publish(name, body, reason, seen, viewer.actor());
            new Notice(
                            change == null ? "These questions are in force already." : "The questions are in force.",
                            change,
                            null)
                    .leave(request);
            return "redirect:" + QUESTIONNAIRES + "?name=" + URLEncoder.encode(name.strip(), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException bad) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return text(viewer, name, body, reason, seen, bad.getMessage(), null, model);
        }
    }

    private String text(
            Viewer viewer,
            String name,
            String body,
            String reason,
            int seen,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        model.addAttribute("frame", frames.frame("Questionnaires", EngagementNavigation.INTERVIEWS));
        model.addAttribute(
                "view",
                new TextView(
                        questionnaires.inForce().stream()
                                .map(Questionnaires.Version::name)
                                .toList(),
                        name,
                        body,
                        reason,
                        seen,
                        questionnaires.versions(name, 20),
                        problem,
                        viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER,
                        notice));
        return "engagement/questionnaires";
    }

    private List<String> segments() {
        return database.sql(
                        "select distinct segment from accounts.overview where segment is not null order by 1 limit 100")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
