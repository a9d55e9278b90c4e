package io.perennial.defects.web;

import io.perennial.defects.Affected;
import io.perennial.defects.Causes;
import io.perennial.defects.Defect;
import io.perennial.defects.DefectAskers;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectEditing.Move;
import io.perennial.defects.DefectEntry;
import io.perennial.defects.DefectHits;
import io.perennial.defects.DefectLog;
import io.perennial.defects.DefectMoved;
import io.perennial.defects.DefectRefused;
import io.perennial.defects.DefectState;
import io.perennial.defects.Defects;
import io.perennial.defects.Satisfaction;
import io.perennial.defects.notices.ReleasedFixes;
import io.perennial.identity.Viewer;
import io.perennial.knowledge.Articles;
import io.perennial.platform.audit.Chronicle;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.server.ResponseStatusException;

/** Puts together what the page of a defect shows, and runs its verbs: one that is refused shows the page again. */
@Component
public class DefectPage {

    private final Defects defects;
    private final Affected affected;
    private final DefectHits hits;
    private final DefectAskers askers;
    private final ReleasedFixes fixes;
    private final DefectLog log;
    private final Satisfaction satisfaction;
    private final Causes causes;
    private final Articles articles;
    private final Frames frames;
    private final Clock clock;

    DefectPage(
            Defects defects,
            Affected affected,
            DefectHits hits,
            DefectAskers askers,
            ReleasedFixes fixes,
            DefectLog log,
            Satisfaction satisfaction,
            Causes causes,
            Articles articles,
            Frames frames,
            Clock clock) {
        this.defects = defects;
        this.affected = affected;
        this.hits = hits;
        this.askers = askers;
        this.fixes = fixes;
        this.log = log;
        this.satisfaction = satisfaction;
        this.causes = causes;
        this.articles = articles;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param announced the notice of the fix that is out @param move what the form of the state holds */
    public record View(
            DefectEntry entry,
            String cause,
            String description,
            String workaround,
            List<Affected.Row> accounts,
            List<Affected.Spared> spared,
            List<DefectHits.Scope> scopes,
            List<Defects.LinkedCase> cases,
            List<DefectAskers.Asker> askers,
            ReleasedFixes.@Nullable Announced announced,
            List<Satisfaction.Effect> effects,
            List<Chronicle.Entry> history,
            List<String> segments,
            List<String> products,
            Move move,
            @Nullable String problem,
            boolean mayWrite,
            LocalDate today,
            @Nullable Notice notice) {

        public Defect defect() {
            return entry.defect();
        }

        public String address() {
            return "/defects/" + entry.defect().id();
        }

        public List<DefectState> states() {
            return List.of(DefectState.values());
        }
    }

    /** After a verb: back to the page, or the page again with what was wrong. */
    String after(
            Viewer viewer, SentForm sent, UUID id, @Nullable Move move, String said, Supplier<@Nullable UUID> verb) {
        try {
            return sent.done(said, verb.get(), back(sent.request(), id));
        } catch (DefectMoved e) {
            String news = "Nothing was changed yet. Meanwhile: " + e.getMessage()
                    + " Look below; what you wrote is kept, and sending it again changes it.";
            return show(viewer, id, move, news, null, sent.overtaken());
        } catch (DefectRefused e) {
            return show(viewer, id, move, e.getMessage(), null, sent.refused());
        }
    }

    /** Forms beside a case lead back to it. */
    private static String back(HttpServletRequest request, UUID id) {
        String from = Objects.requireNonNullElse(request.getParameter("from"), "");
        return Ids.read(from).isPresent() ? "/cases/" + from : "/defects/" + id;
    }

    String show(
            Viewer viewer,
            UUID id,
            @Nullable Move typed,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        Defect defect = defects.find(id).orElseThrow(DefectPage::none);
        DefectEntry entry = defects.entries(List.of(defect), viewer).getFirst();
        Move move = typed != null
                ? typed
                : new Move(defect.state(), defect.workaround(), "", defect.fixedIn(), defect.refusal());
        model.addAttribute(
                "frame",
                frames.frame(defect.tag() + " " + defect.title(), DefectNavigation.DEFECTS)
                        .under("Defects", "/defects"));
        model.addAttribute(
                "view",
                new View(
                        entry,
                        Causes.title(defect.cause(), causes.all()),
                        articles.preview(defect.description()),
                        articles.preview(defect.workaround()),
                        affected.rows(id, viewer),
                        affected.spared(id, viewer),
                        hits.scopes(id),
                        defects.cases(id, viewer),
                        askers.askers(id, viewer),
                        fixes.of(defect).orElse(null),
                        List.of(satisfaction.ofCases(defect, viewer), satisfaction.ofSurveys(defect, viewer)),
                        log.of(id),
                        defects.segments(),
                        defects.products(),
                        move,
                        problem,
                        DefectEditing.mayWrite(viewer),
                        LocalDate.ofInstant(clock.instant(), clock.getZone()),
                        notice));
        return "defects/defect";
    }

    static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
