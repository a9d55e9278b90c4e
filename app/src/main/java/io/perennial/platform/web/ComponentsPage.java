package io.perennial.platform.web;

import io.perennial.platform.live.Live;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Every component in its states, for those who build pages. Only with {@code perennial.dev=true}. */
@Controller
@ConditionalOnProperty(name = "perennial.dev", havingValue = "true")
public class ComponentsPage {

    private static final int ROWS = 100_000;
    private static final List<String> FIRMS = List.of(
            "Norda Bank",
            "Tamm Works",
            "Oslo Ferry",
            "Kiva Press",
            "Alba Foods",
            "Pelican Rail",
            "Birch & Sons",
            "Harbour Light",
            "Quarry Nine",
            "Lumen Clinic",
            "Delta Seeds",
            "Fjord Paper");
    private static final List<Frame.Group> NAVIGATION = List.of(
            new Frame.Group(
                    "",
                    List.of(
                            new Frame.Entry("Today", "/dev/components?at=today", "stars", "T", false),
                            new Frame.Entry("Signals", "/dev/components?at=signals", "broadcast", "S", false))),
            new Frame.Group(
                    "Customers",
                    List.of(new Frame.Entry("Accounts", "/dev/components?at=accounts", "buildings", "A", true))),
            new Frame.Group("Admin", List.of(new Frame.Entry("Team", "/dev/components?at=team", "people", "", false))));
    private static final String TREND = """
            {"kind":"line","labels":["1 Jun","15 Jun","29 Jun","13 Jul","27 Jul","10 Aug","24 Aug","7 Sep","21 Sep","5 Oct","19 Oct","2 Nov","16 Nov"],
             "y":{"min":0,"max":100},
             "series":[{"name":"Health","values":[81,82,80,79,77,78,72,70,66,61,52,46,38],"color":"accent"}],
             "bands":[{"from":0,"to":45,"color":"at-risk"},{"from":45,"to":70,"color":"watch"},{"from":70,"to":100,"color":"healthy"}],
             "markers":[{"at":"7 Sep","text":"Case 4398 opened"}]}
            """;
    private static final String MONEY = """
            {"kind":"stack","labels":["Jan","Feb","Mar","Apr"],"y":{"name":"Renewing ARR, EUR"},
             "series":[{"name":"Committed","values":[310000,240000,402000,180000],"color":"healthy"},
                       {"name":"Likely","values":[92000,140000,60000,120000],"color":"watch"},
                       {"name":"At risk","values":[61000,20000,140000,40000],"color":"at-risk"}]}
            """;

    /** One line of the sample list. */
    public record Sample(
            String firm,
            @Nullable Double score,
            String band,
            Double delta,
            short[] weeks,
            BigDecimal arr,
            LocalDate renews,
            String owner) {}

    private final Frames frames;
    private final Live live;
    private final Clock clock;

    ComponentsPage(Frames frames, Live live, Clock clock) {
        this.frames = frames;
        this.live = live;
        this.clock = clock;
    }

    @GetMapping("/dev/components")
    ModelAndView components(@RequestParam(defaultValue = "") String theme) {
        Frame frame = frames.frame("Components", "").under("Development", "/dev/components");
        Preferences preferences =
                Preferences.THEMES.contains(theme) ? frame.preferences().withTheme(theme) : frame.preferences();
        frame = frame.asSample(NAVIGATION, "Ana Reis", preferences);
        return new ModelAndView(
                "platform/components",
                Map.of(
                        "frame",
                        frame,
                        "samples",
                        IntStream.range(0, 9).mapToObj(this::sample).toList(),
                        "now",
                        clock.instant(),
                        "today",
                        LocalDate.now(clock),
                        "trend",
                        TREND,
                        "money",
                        MONEY));
    }

    /** Rows of the windowed table, in the form that {@code cs-grid} asks for. */
    @GetMapping(path = "/dev/components/rows", produces = "text/html;charset=UTF-8")
    ResponseEntity<String> rows(@RequestParam int offset, @RequestParam int limit) {
        String rows = IntStream.range(offset, Math.min(ROWS, offset + Math.min(limit, 200)))
                .mapToObj(i -> """
                        <div role="row" id="sample-%d" data-id="%d" data-preview="/dev/components/preview">\
                        <span role="gridcell"><input type="checkbox" data-select aria-label="Select %s %d"></span>\
                        <span role="gridcell"><a href="/dev/components">%s %d</a></span>\
                        <span role="gridcell" class="number">%,d</span><span role="gridcell">%s</span></div>
                        """.formatted(i, i, firm(i), i, firm(i), i, (i * 7919L) % 250_000, owner(i)))
                .collect(Collectors.joining());
        return ResponseEntity.ok()
                .header("X-Total-Count", Integer.toString(ROWS))
                .body(rows);
    }

    @GetMapping("/dev/components/preview")
    ModelAndView preview() {
        return new ModelAndView("platform/componentsPreview", Map.of("samples", List.of(sample(2))));
    }

    /** Pretends that something changed. */
    @PostMapping("/dev/components/changes")
    ResponseEntity<Void> change(@RequestParam String topic) {
        live.changed(topic);
        return ResponseEntity.noContent().build();
    }

    private Sample sample(int i) {
        double[] scores = {61, 57, 38, 88, 74, 92, 44.6, 70, -1};
        double score = scores[i % scores.length];
        double delta = List.of(0d, -6d, -14d, 3d, 0d, 1d, -9d, 4d, 0d).get(i % scores.length);
        short[] weeks = new short[13];
        for (int week = 0; week < weeks.length; week++) {
            double way = week / 12.0;
            double wave = 4 * Math.sin(week * 1.7 + i);
            weeks[week] = (short)
                    (score < 0
                            ? -1
                            : Math.clamp(Math.round(score - delta * 1.6 * (1 - way * way) + wave * (1 - way)), 0, 100));
        }
        return new Sample(
                firm(i),
                score < 0 ? null : score,
                score < 0 ? "UNKNOWN" : score < 45 ? "AT_RISK" : score < 70 ? "WATCH" : "HEALTHY",
                delta,
                weeks,
                BigDecimal.valueOf(List.of(120_000, 96_400, 140_000, 38_250, 1_604_000, 12_900, 77_000, 54_500, 8_400)
                        .get(i % 9)),
                LocalDate.now(clock).plusDays(20L + i * 31L),
                owner(i));
    }

    private static String firm(int i) {
        return FIRMS.get(i % FIRMS.size());
    }

    private static String owner(int i) {
        return List.of("Ana Reis", "Ben Cole", "Dana Ilves").get(i % 3);
    }
}
