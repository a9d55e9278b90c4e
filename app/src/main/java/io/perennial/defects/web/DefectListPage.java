package io.perennial.defects.web;

import io.perennial.defects.Affected;
import io.perennial.defects.Affected.Reach;
import io.perennial.defects.Cause;
import io.perennial.defects.Causes;
import io.perennial.defects.Defect;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectEntry;
import io.perennial.defects.DefectFilter;
import io.perennial.defects.DefectState;
import io.perennial.defects.Defects;
import io.perennial.defects.Pareto;
import io.perennial.defects.Pareto.By;
import io.perennial.defects.Pareto.Of;
import io.perennial.defects.Severity;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The register: what breaks, whom it hurts, what it costs. */
@Controller
public class DefectListPage {

    private final Defects defects;
    private final Affected affected;
    private final Causes causes;
    private final Frames frames;

    DefectListPage(Defects defects, Affected affected, Causes causes, Frames frames) {
        this.defects = defects;
        this.affected = affected;
        this.causes = causes;
        this.frames = frames;
    }

    /** @param together accounts that any of these hit, each once */
    public record View(
            DefectFilter filter,
            List<DefectEntry> entries,
            Reach together,
            long cases,
            Pareto pareto,
            String chart,
            List<String> products,
            List<Cause> causes,
            boolean mayWrite,
            @Nullable Notice notice) {

        public List<Severity> severities() {
            return List.of(Severity.values());
        }

        public List<DefectState> states() {
            return List.of(DefectState.values());
        }

        public boolean cut() {
            return entries.size() == Defects.MOST;
        }

        public String causeOf(Defect defect) {
            return Causes.title(defect.cause(), causes);
        }

        public String link(Pareto.Bar bar) {
            return DefectCharts.link(pareto, bar);
        }

        /** The page with another look of the chart. */
        public String url(Of of, By by, String currency) {
            return "/defects?" + filter.query() + "&of=" + of.key() + "&by=" + by.key() + "&currency=" + currency;
        }
    }

    @GetMapping("/defects")
    String list(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String severity,
            @RequestParam(defaultValue = "") String product,
            @RequestParam(defaultValue = "") String cause,
            @RequestParam(defaultValue = "") String of,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") String currency,
            Model model) {
        DefectFilter filter = new DefectFilter(q, state, severity, product, cause);
        List<DefectEntry> entries = defects.list(filter, viewer);
        List<Cause> known = causes.all();
        Pareto pareto = defects.pareto(entries, Of.of(of), By.of(by), currency, known, viewer);
        model.addAttribute("frame", frames.frame("Defects", DefectNavigation.DEFECTS));
        model.addAttribute(
                "view",
                new View(
                        filter,
                        entries,
                        affected.together(
                                entries.stream()
                                        .map(entry -> entry.defect().id())
                                        .toList(),
                                viewer),
                        entries.stream().mapToLong(DefectEntry::cases).sum(),
                        pareto,
                        DefectCharts.pareto(pareto),
                        defects.products(),
                        known,
                        DefectEditing.mayWrite(viewer),
                        Notice.take(request)));
        return "defects/defects";
    }
}
