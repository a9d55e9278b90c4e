package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.areas.AreaFacts;
import io.perennial.metrics.areas.AreaQuestions;
import io.perennial.metrics.web.AreaAnswers.Answered;
import io.perennial.metrics.web.AreaAnswers.Section;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.KeptViews;
import io.perennial.platform.web.Tab;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Five areas and three critical metrics: the field's questions in their order, each with the figure that answers it. */
@Controller
public class AreaPages {

    private static final String PATH = "/areas";
    private static final String CRITICAL = "critical";
    private static final int MONTHS = 12;

    private final AreaAnswers answers;
    private final AreaFacts facts;
    private final Metrics metrics;
    private final KeptViews kept;
    private final Frames frames;
    private final Clock clock;

    AreaPages(AreaAnswers answers, AreaFacts facts, Metrics metrics, KeptViews kept, Frames frames, Clock clock) {
        this.answers = answers;
        this.facts = facts;
        this.metrics = metrics;
        this.kept = kept;
        this.frames = frames;
        this.clock = clock;
    }

    public record Part(AreaQuestions.Page page, Asking asking, List<Section> sections, List<Answered> others) {}

    public record View(
            String title,
            List<Tab> tabs,
            String url,
            List<Part> parts,
            String trendUrl,
            String factsUrl,
            Instant asOf) {

        public Asking asking() {
            return parts.getFirst().asking();
        }
    }

    @GetMapping(PATH)
    String all(Model model) {
        model.addAttribute("frame", frames.frame("Five areas", MetricNavigation.AREAS));
        model.addAttribute("tabs", tabs(""));
        model.addAttribute("pages", AreaQuestions.FIVE);
        model.addAttribute("critical", AreaQuestions.CRITICAL);
        return "metrics/areas";
    }

    @GetMapping(PATH + "/{area}")
    String one(
            Viewer viewer,
            @PathVariable String area,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            Model model) {
        List<AreaQuestions.Page> pages = pages(area);
        View view = kept.of("area", () -> view(area, pages, from, to, viewer), area, from, to, viewer);
        model.addAttribute("frame", frame(area));
        model.addAttribute("view", view);
        model.addAttribute("again", kept.again(view.asOf()));
        return "metrics/area";
    }

    private View view(String area, List<AreaQuestions.Page> pages, String from, String to, Viewer viewer) {
        Instant asOf = clock.instant();
        String title = area.equals(CRITICAL)
                ? "Adoption, success, retention"
                : pages.getFirst().question();
        List<Part> parts = pages.stream()
                .map(page -> {
                    Asking asking = Asking.of(from, to, "", "", today(), page.days());
                    AreaAnswers.Page all = answers.all(page, asking, viewer);
                    return new Part(page, asking, all.sections(), all.others());
                })
                .toList();
        return new View(
                title,
                tabs(area),
                PATH + "/" + area,
                parts,
                PATH + "/" + area + "/trend?to=" + parts.getFirst().asking().to(),
                parts.getFirst().asking().url(PATH + "/" + area + "/facts"),
                asOf);
    }

    @GetMapping(PATH + "/{area}/trend")
    String trend(
            Viewer viewer,
            @PathVariable String area,
            @RequestParam(defaultValue = "") String to,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            Model model) {
        LocalDate until = Asking.of("", to, "", "", today()).to();
        LocalDate first = until.minusDays(1).withDayOfMonth(1).minusMonths(MONTHS - 1L);
        Asking year = Asking.of(first.toString(), until.toString(), "", "", today());
        List<AreaQuestions.Page> pages = pages(area);
        model.addAttribute("trends", kept.of("area trend", () -> trends(pages, year, viewer), area, to, viewer));
        if (htmx.isEmpty()) {
            model.addAttribute("frame", frame(area));
            return "metrics/areaTrendPage";
        }
        return "metrics/areaTrends";
    }

    private List<AreaAnswers.Trend> trends(List<AreaQuestions.Page> pages, Asking year, Viewer viewer) {
        return pages.stream()
                .flatMap(page -> answers.trends(page, year, viewer).stream())
                .toList();
    }

    /** How many facts say what a figure needs, and what is not kept: fetched after the figures. */
    @GetMapping(PATH + "/{area}/facts")
    String facts(
            Viewer viewer,
            @PathVariable String area,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            Model model) {
        AreaQuestions.Page page = pages(area).getFirst();
        Asking asking = Asking.of(from, to, "", "", today(), page.days());
        Metric any = metrics.find("engaged_rate").orElseThrow();
        model.addAttribute(
                "facts",
                kept.of(
                        "area facts",
                        () -> facts.of(area, metrics.question(any, "", asking.from(), asking.to(), null, viewer)),
                        area,
                        from,
                        to,
                        viewer));
        model.addAttribute("missing", AreaFacts.missing(area));
        if (htmx.isEmpty()) {
            model.addAttribute("frame", frame(area));
            return "metrics/areaFactsPage";
        }
        return "metrics/areaFacts";
    }

    /** The first figure of each question, for the overview. */
    @GetMapping(PATH + "/{area}/figures")
    String figures(
            Viewer viewer,
            @PathVariable String area,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            Model model) {
        if (htmx.isEmpty()) {
            return "redirect:" + PATH + "/" + pages(area).getFirst().key();
        }
        AreaQuestions.Page page = pages(area).getFirst();
        Asking asking = Asking.of("", "", "", "", today(), page.days());
        model.addAttribute("page", page);
        model.addAttribute(
                "sections", kept.of("area figures", () -> answers.sections(page, asking, viewer), page.key(), viewer));
        return "metrics/areaFigures";
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static List<AreaQuestions.Page> pages(String area) {
        return area.equals(CRITICAL)
                ? AreaQuestions.CRITICAL
                : List.of(
                        AreaQuestions.page(area).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    }

    private Frame frame(String area) {
        String title = area.equals(CRITICAL)
                ? "Critical metrics"
                : pages(area).getFirst().title();
        return frames.frame(title, MetricNavigation.AREAS).under("Five areas", PATH);
    }

    static List<Tab> tabs(String current) {
        List<Tab> tabs = new ArrayList<>();
        tabs.add(new Tab("Five areas", PATH, current.isEmpty()));
        AreaQuestions.FIVE.forEach(page -> tabs.add(
                new Tab(page.title(), PATH + "/" + page.key(), page.key().equals(current))));
        tabs.add(new Tab("Three critical metrics", PATH + "/" + CRITICAL, current.equals(CRITICAL)));
        return tabs;
    }
}
