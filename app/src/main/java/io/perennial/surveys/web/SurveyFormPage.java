package io.perennial.surveys.web;

import io.perennial.identity.TeamMembers;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.surveys.AskingWords;
import io.perennial.surveys.Survey;
import io.perennial.surveys.SurveyDefinitions;
import io.perennial.surveys.SurveyDraft;
import io.perennial.surveys.SurveyKind;
import io.perennial.surveys.SurveyOccasions;
import io.perennial.surveys.SurveyRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Defining a survey. */
@Controller
public class SurveyFormPage {

    private final SurveyDefinitions definitions;
    private final TeamMembers team;
    private final Frames frames;

    SurveyFormPage(SurveyDefinitions definitions, TeamMembers team, Frames frames) {
        this.definitions = definitions;
        this.team = team;
        this.frames = frames;
    }

    /**
     * @param id null for a new survey
     * @param field that is wrong, or empty
     */
    public record View(
            @Nullable UUID id,
            int seen,
            SurveyDraft draft,
            boolean begun,
            List<String> knownRoles,
            List<SurveyOccasions.Kind> occasions,
            List<TeamMembers.Colleague> colleagues,
            String field,
            @Nullable String problem) {

        public String address() {
            return id == null ? "/surveys/new" : "/surveys/" + id + "/edit";
        }

        public List<SurveyKind> kinds() {
            return List.of(SurveyKind.values());
        }

        public SurveyKind kind() {
            return SurveyKind.of(draft.kind()).orElse(SurveyKind.NPS);
        }

        public List<AskingWords> languages() {
            return AskingWords.LANGUAGES.stream().map(AskingWords::in).toList();
        }

        /** What stands in the fields of a language; what we would write where nothing stands yet is only a proposal. */
        public Survey.Texts texts(String language) {
            return draft.texts().getOrDefault(language, new Survey.Texts("", "", "", ""));
        }

        public boolean speaks(String language) {
            return draft.texts().containsKey(language);
        }

        public @Nullable String problemOf(String name) {
            return field.equals(name) ? problem : null;
        }

        public List<String> roles() {
            List<String> all = new ArrayList<>(knownRoles);
            draft.roles().stream().filter(role -> !all.contains(role)).forEach(all::add);
            return all;
        }

        public String filterLines() {
            return String.join("\n", draft.filters());
        }
    }

    @GetMapping("/surveys/new")
    String fresh(
            Viewer viewer,
            @RequestParam(defaultValue = "nps") String kind,
            @RequestParam(required = false) @Nullable UUID like,
            Model model) {
        requireWork(viewer);
        SurveyDraft draft = SurveyDraft.fresh(SurveyKind.of(kind).orElse(SurveyKind.NPS));
        if (like != null) {
            SurveyDraft other = definitions.find(like).map(SurveyDraft::of).orElse(draft);
            draft = named(other, "");
        } else {
            draft = inAllLanguages(draft);
        }
        return show(null, 0, draft, false, "", null, model);
    }

    private static SurveyDraft inAllLanguages(SurveyDraft draft) {
        SurveyKind kind = SurveyKind.of(draft.kind()).orElse(SurveyKind.NPS);
        Map<String, Survey.Texts> texts = new LinkedHashMap<>();
        AskingWords.LANGUAGES.forEach(
                language -> texts.put(language, AskingWords.in(language).texts(kind)));
        return new SurveyDraft(
                draft.name(),
                draft.kind(),
                texts,
                draft.anonymous(),
                draft.roles(),
                draft.filters(),
                draft.percent(),
                draft.when(),
                draft.everyMonths(),
                draft.occasion(),
                draft.occasionDays(),
                draft.openDays(),
                draft.reminderDays(),
                draft.followUpDays(),
                draft.followUpOwner(),
                draft.heardLetter());
    }

    private static SurveyDraft named(SurveyDraft draft, String name) {
        return new SurveyDraft(
                name,
                draft.kind(),
                draft.texts(),
                draft.anonymous(),
                draft.roles(),
                draft.filters(),
                draft.percent(),
                draft.when(),
                draft.everyMonths(),
                draft.occasion(),
                draft.occasionDays(),
                draft.openDays(),
                draft.reminderDays(),
                draft.followUpDays(),
                draft.followUpOwner(),
                draft.heardLetter());
    }

    @GetMapping("/surveys/{id}/edit")
    String edit(Viewer viewer, @PathVariable UUID id, Model model) {
        requireWork(viewer);
        Survey survey = definitions.find(id).orElseThrow(NoSuchElementException::new);
        return show(
                id, survey.version(), SurveyDraft.of(survey), survey.state() != Survey.State.DRAFT, "", null, model);
    }

    private static void requireWork(Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new org.springframework.security.access.AccessDeniedException(
                    "Only people who work accounts define surveys.");
        }
    }

    private String show(
            @Nullable UUID id,
            int seen,
            SurveyDraft draft,
            boolean begun,
            String field,
            @Nullable String problem,
            Model model) {
        model.addAttribute(
                "frame",
                frames.frame(id == null ? "New survey" : "Edit survey", SurveyNavigation.SURVEYS)
                        .under(SurveyNavigation.SURVEYS, SurveyNavigation.ADDRESS));
        model.addAttribute(
                "view",
                new View(
                        id,
                        seen,
                        draft,
                        begun,
                        definitions.roles(),
                        definitions.occasions(),
                        team.active(),
                        field,
                        problem));
        return "surveys/form";
    }

    @PostMapping("/surveys/new")
    String make(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        return save(null, viewer, request, response, typed, model);
    }

    @PostMapping("/surveys/{id}/edit")
    String change(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        return save(id, viewer, request, response, typed, model);
    }

    private String save(
            @Nullable UUID id,
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            MultiValueMap<String, String> typed,
            Model model) {
        SurveyDraft draft = draft(typed);
        String version = said(typed, "seen");
        int seen = version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : 0;
        try {
            SurveyDefinitions.Saved saved = definitions.save(id, seen, draft, viewer, viewer.actor());
            new Notice(
                            id == null
                                    ? "The survey is kept as a draft. Look at the letter, then send it."
                                    : "The survey is kept.",
                            saved.change(),
                            null)
                    .leave(request);
            return "redirect:/surveys/" + saved.survey() + (id == null ? "/send" : "");
        } catch (SurveyRefused e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            boolean begun = id != null
                    && definitions
                            .find(id)
                            .filter(survey -> survey.state() != Survey.State.DRAFT)
                            .isPresent();
            return show(id, seen, draft, begun, e.field(), e.getMessage(), model);
        }
    }

    private static SurveyDraft draft(MultiValueMap<String, String> typed) {
        Map<String, Survey.Texts> texts = new LinkedHashMap<>();
        List<String> spoken = typed.getOrDefault("language", List.of());
        for (String language : AskingWords.LANGUAGES) {
            if (spoken.contains(language)) {
                texts.put(
                        language,
                        new Survey.Texts(
                                said(typed, "subject-" + language),
                                said(typed, "opening-" + language),
                                said(typed, "question-" + language),
                                said(typed, "followUp-" + language)));
            }
        }
        return new SurveyDraft(
                said(typed, "name"),
                said(typed, "kind"),
                texts,
                said(typed, "anonymous").equals("true"),
                List.copyOf(typed.getOrDefault("role", List.of())),
                Arrays.stream(said(typed, "filters").split("\n", -1))
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList(),
                said(typed, "percent"),
                said(typed, "when"),
                said(typed, "everyMonths"),
                said(typed, "occasion"),
                said(typed, "occasionDays"),
                said(typed, "openDays"),
                said(typed, "reminderDays"),
                said(typed, "followUpDays"),
                said(typed, "followUpOwner"),
                said(typed, "heardLetter").equals("true"));
    }

    private static String said(MultiValueMap<String, String> typed, String name) {
        return Objects.requireNonNullElse(typed.getFirst(name), "").strip();
    }
}
