package io.perennial.surveys.web;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.surveys.CommentTones;
import io.perennial.surveys.Comments;
import io.perennial.surveys.FollowUps;
import io.perennial.surveys.SurveyKind;
import io.perennial.surveys.SurveyList;
import io.perennial.surveys.SurveyRefused;
import io.perennial.surveys.SurveyReplies;
import io.perennial.surveys.ThemeWords;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What customers wrote over all surveys; and one answer, where the loop is closed. */
@Controller
public class CommentsPage {

    private final Comments comments;
    private final CommentTones tones;
    private final FollowUps followUps;
    private final SurveyReplies replies;
    private final SurveyList list;
    private final Frames frames;

    CommentsPage(
            Comments comments,
            CommentTones tones,
            FollowUps followUps,
            SurveyReplies replies,
            SurveyList list,
            Frames frames) {
        this.comments = comments;
        this.tones = tones;
        this.followUps = followUps;
        this.replies = replies;
        this.list = list;
        this.frames = frames;
    }

    public record View(
            Comments.Asked asked, Comments.Page page, Map<String, Long> tones, List<ThemeWords.Theme> themes) {

        public String title() {
            long negative = tone("negative");
            long all = tones.values().stream().mapToLong(Long::longValue).sum();
            return all == 0
                    ? "Nobody has written anything yet"
                    : negative == 0
                            ? "No comment sounds unhappy"
                            : String.format(
                                    java.util.Locale.ENGLISH, "%,d of %,d comments sound unhappy", negative, all);
        }

        public long tone(String key) {
            return tones.getOrDefault(key, 0L);
        }

        public List<Tab> tabs() {
            return SurveyNavigation.tabs("answers");
        }

        public List<SurveyKind> kinds() {
            return List.of(SurveyKind.values());
        }

        public String with(String tone, String word) {
            return "/surveys/answers?kind=" + encoded(asked.kind()) + "&tone=" + encoded(tone) + "&word="
                    + encoded(word);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    @GetMapping("/surveys/answers")
    String comments(
            Viewer viewer,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String tone,
            @RequestParam(defaultValue = "") String word,
            @RequestParam(required = false) @Nullable String before,
            Model model) {
        Comments.Asked asked =
                new Comments.Asked(null, kind, tone, word.length() > 100 ? word.substring(0, 100) : word);
        model.addAttribute("frame", frame("In their words"));
        model.addAttribute(
                "view",
                new View(
                        asked,
                        comments.page(asked, before, viewer),
                        comments.tones(asked, viewer),
                        comments.themes(asked, viewer)));
        return "surveys/comments";
    }

    private Frame frame(String title) {
        return frames.frame(title, SurveyNavigation.SURVEYS).under(SurveyNavigation.SURVEYS, SurveyNavigation.ADDRESS);
    }

    /**
     * @param form identity of the next reply, so that sending it twice sends one letter
     * @param reply as typed
     */
    public record AnswerView(
            Comments.Row answer,
            FollowUps.@Nullable Row followUp,
            List<SurveyReplies.Reply> replies,
            boolean canReply,
            boolean mayWork,
            boolean mayJudge,
            UUID form,
            String reply,
            String outcome,
            LocalDate today,
            String field,
            @Nullable String problem,
            @Nullable Notice notice) {

        public String title() {
            String who = answer.person() == null ? answer.accountName() : answer.person();
            return answer.score() == null
                    ? who + " answered in words"
                    : who + " answered " + answer.score() + " of " + answer.best();
        }

        public String address() {
            return "/surveys/answers/" + answer.id();
        }

        public String kindWords() {
            return SurveyList.title(answer.kind());
        }

        public @Nullable String problemOf(String name) {
            return field.equals(name) ? problem : null;
        }

        public List<String> tones() {
            return CommentTones.TONES;
        }
    }

    @GetMapping("/surveys/answers/{id}")
    String answer(Viewer viewer, HttpServletRequest request, @PathVariable UUID id, Model model) {
        return show(viewer, id, Ids.next(), "", "", "", null, Notice.take(request), model);
    }

    private String show(
            Viewer viewer,
            UUID id,
            UUID form,
            String reply,
            String outcome,
            String field,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        Comments.Row answer = comments.find(id, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such answer in your portfolio."));
        model.addAttribute("frame", frame("Answer"));
        model.addAttribute(
                "view",
                new AnswerView(
                        answer,
                        followUps.of(id, viewer).orElse(null),
                        replies.of(id),
                        replies.canReply(id, viewer),
                        viewer.role().mayWork(),
                        viewer.role() == Role.SUPPORT || viewer.role().mayWork(),
                        form,
                        reply,
                        outcome,
                        list.today(),
                        field,
                        problem,
                        notice));
        return "surveys/answer";
    }

    @PostMapping("/surveys/answers/{id}/tone")
    String tone(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String tone) {
        UUID change = tones.correct(id, tone.isEmpty() ? null : tone, viewer);
        new Notice(
                        tone.isEmpty() ? "The tone is left to the model again." : "The comment counts as " + tone + ".",
                        change,
                        null)
                .leave(request);
        return "redirect:/surveys/answers/" + id;
    }

    @PostMapping("/surveys/answers/{id}/reply")
    String reply(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam UUID form,
            @RequestParam(defaultValue = "") String text,
            Model model) {
        try {
            replies.reply(id, form, text, viewer);
            new Notice("Your letter is on its way. This page says what became of it.", null, null).leave(request);
            return "redirect:/surveys/answers/" + id;
        } catch (SurveyRefused e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(viewer, id, form, text, "", e.field(), e.getMessage(), null, model);
        }
    }

    @PostMapping("/surveys/answers/{id}/close")
    String close(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String outcome,
            Model model) {
        try {
            UUID change = followUps.close(id, outcome, viewer);
            new Notice("The loop is closed.", change, null).leave(request);
            return "redirect:/surveys/answers/" + id;
        } catch (SurveyRefused | IllegalArgumentException e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(viewer, id, Ids.next(), "", outcome, "outcome", e.getMessage(), null, model);
        }
    }
}
