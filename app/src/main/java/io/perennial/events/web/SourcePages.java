package io.perennial.events.web;

import io.perennial.events.EntranceWarning;
import io.perennial.events.SeenSchema;
import io.perennial.events.Source;
import io.perennial.events.SourceDebugger;
import io.perennial.events.SourceDebugger.Seen;
import io.perennial.events.SourceDebugger.Verdict;
import io.perennial.events.SourceList;
import io.perennial.events.SourceTraffic;
import io.perennial.events.Sources;
import io.perennial.events.UnresolvedEvents;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.NavigationItem;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where events come from: connected, watched while they are connected, closed. */
@Controller
public class SourcePages {

    private static final String SECTION = "Sources";
    private static final String ADDRESS = "/admin/sources";

    private final Sources sources;
    private final SourceList list;
    private final SourceTraffic traffic;
    private final SourceDebugger debugger;
    private final SeenSchema schema;
    private final UnresolvedEvents unresolved;
    private final EntranceWarning entrance;
    private final Frames frames;

    SourcePages(
            Sources sources,
            SourceList list,
            SourceTraffic traffic,
            SourceDebugger debugger,
            SeenSchema schema,
            UnresolvedEvents unresolved,
            EntranceWarning entrance,
            Frames frames) {
        this.sources = sources;
        this.list = list;
        this.traffic = traffic;
        this.debugger = debugger;
        this.schema = schema;
        this.unresolved = unresolved;
        this.entrance = entrance;
        this.frames = frames;
    }

    /**
     * @param warning why no events are taken now
     * @param name that was asked for and refused
     */
    public record ListPage(
            List<SourceList.Entry> entries,
            @Nullable String warning,
            Snippets snippets,
            @Nullable String problem,
            String name) {}

    /**
     * @param fresh the write key that was just made, to be shown once
     * @param hours charts of volume, and {@code days}
     */
    public record DetailPage(
            SourceList.Entry entry,
            @Nullable String fresh,
            Snippets snippets,
            Events events,
            SourceTraffic.Repeats repeats,
            List<SourceTraffic.Span> hours,
            String hoursChart,
            List<SourceTraffic.Span> days,
            String daysChart,
            List<SeenSchema.Name> schema,
            List<UnresolvedEvents.Group> groups,
            List<UnresolvedEvents.Parked> parked,
            List<UnresolvedEvents.Remark> remarks) {}

    /** The live debugger. */
    public record Events(int source, String address, List<Tab> tabs, List<Seen> seen) {}

    @Bean
    static NavigationItem sourcesItem() {
        return new NavigationItem(SECTION, ADDRESS, "broadcast", "Admin", 940, "", Set.of(Role.ADMIN.name()));
    }

    @GetMapping(ADDRESS)
    String list(Viewer viewer, HttpServletRequest request, Model model) {
        model.addAttribute("notice", Notice.take(request));
        return showAll(viewer, null, "", model);
    }

    @PostMapping(ADDRESS)
    String create(
            Viewer viewer, @RequestParam(defaultValue = "") String name, HttpServletResponse response, Model model) {
        try {
            Source.WithKey made = sources.create(viewer, name);
            return show(viewer, made.source().id(), made.key(), null, model);
        } catch (IllegalArgumentException refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return showAll(viewer, refused.getMessage(), name, model);
        }
    }

    @GetMapping(ADDRESS + "/{id}")
    String detail(
            Viewer viewer,
            @PathVariable int id,
            @RequestParam(required = false) @Nullable String verdict,
            HttpServletRequest request,
            Model model) {
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, id, null, verdict, model);
    }

    /** What is live alone, which the page fetches again while events come. */
    @GetMapping(ADDRESS + "/{id}/events")
    String events(
            Viewer viewer,
            @PathVariable int id,
            @RequestParam(required = false) @Nullable String verdict,
            Model model) {
        model.addAttribute("entry", list.entry(viewer, id).orElseThrow(SourcePages::unknown));
        model.addAttribute("now", traffic.hours(viewer, id).getLast());
        model.addAttribute("events", events(viewer, id, verdict));
        return "events/live";
    }

    @PostMapping(ADDRESS + "/{id}/key")
    String newKey(Viewer viewer, @PathVariable int id, Model model) {
        Source.WithKey made = sources.rotate(viewer, id).orElseThrow(SourcePages::unknown);
        return show(viewer, id, made.key(), null, model);
    }

    @PostMapping(ADDRESS + "/{id}/closure")
    String close(Viewer viewer, @PathVariable int id, HttpServletRequest request) {
        SourceList.Entry entry = list.entry(viewer, id).orElseThrow(SourcePages::unknown);
        sources.close(viewer, id);
        new Notice(entry.source().name() + " is closed. Nothing more is taken from it; what came stays.", null, null)
                .leave(request);
        return "redirect:" + ADDRESS + "/" + id;
    }

    private @Nullable String warning() {
        return entrance.warning().orElse(null);
    }

    private String showAll(Viewer viewer, @Nullable String problem, String name, Model model) {
        model.addAttribute("frame", frames.frame(SECTION, SECTION));
        model.addAttribute(
                "page", new ListPage(list.entries(viewer), warning(), snippets(Snippets.UNKNOWN), problem, name));
        return "events/sources";
    }

    private String show(Viewer viewer, int id, @Nullable String fresh, @Nullable String verdict, Model model) {
        SourceList.Entry entry = list.entry(viewer, id).orElseThrow(SourcePages::unknown);
        List<SourceTraffic.Span> hours = traffic.hours(viewer, id);
        List<SourceTraffic.Span> days = traffic.days(viewer, id);
        model.addAttribute("frame", frames.frame(entry.source().name(), SECTION).under(SECTION, ADDRESS));
        model.addAttribute(
                "page",
                new DetailPage(
                        entry,
                        fresh,
                        snippets(fresh == null ? Snippets.UNKNOWN : fresh),
                        events(viewer, id, verdict),
                        traffic.repeats(viewer, id),
                        hours,
                        SourceCharts.volume(hours, span -> SourceWords.hour(span.from())),
                        days,
                        SourceCharts.volume(days, span -> SourceWords.day(span.from())),
                        schema.of(viewer, id),
                        unresolved.groups(viewer, id),
                        unresolved.parked(viewer, id),
                        unresolved.remarks(viewer)));
        return "events/source";
    }

    private Events events(Viewer viewer, int id, @Nullable String asked) {
        List<Seen> all = debugger.last(viewer, id);
        String address = ADDRESS + "/" + id;
        List<Tab> tabs = new ArrayList<>();
        tabs.add(new Tab("All", address + "#events", asked == null, (long) all.size()));
        Verdict wanted = null;
        for (Verdict verdict : Verdict.values()) {
            String name = verdict.name().toLowerCase(Locale.ROOT);
            long count = all.stream().filter(seen -> seen.verdict() == verdict).count();
            tabs.add(new Tab(verdict.words(), address + "?verdict=" + name + "#events", name.equals(asked), count));
            wanted = name.equals(asked) ? verdict : wanted;
        }
        Verdict only = wanted;
        return new Events(
                id,
                address + "/events" + (only == null ? "" : "?verdict=" + asked),
                tabs,
                all.stream()
                        .filter(seen -> only == null || seen.verdict() == only)
                        .toList());
    }

    /** As the browser of the administrator knows us; behind a proxy, as the proxy says. */
    private static Snippets snippets(String key) {
        return new Snippets(ServletUriComponentsBuilder.fromCurrentContextPath().toUriString(), key);
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
