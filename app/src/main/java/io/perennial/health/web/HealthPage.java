package io.perennial.health.web;

import io.perennial.health.BandCount;
import io.perennial.health.BandWeek;
import io.perennial.health.Health;
import io.perennial.health.MovedAccount;
import io.perennial.health.Movement;
import io.perennial.health.model.Band;
import io.perennial.health.scoring.ModelVersion;
import io.perennial.health.scoring.Models;
import io.perennial.health.scoring.Parked;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Wording;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How the whole book is: bands, revenue at risk, who moved where, and the models behind it. */
@Controller
public class HealthPage {

    private static final int USUAL_DAYS = 28;

    private final Health health;
    private final Models models;
    private final Parked parked;
    private final Frames frames;
    private final Clock clock;

    HealthPage(Health health, Models models, Parked parked, Frames frames, Clock clock) {
        this.health = health;
        this.models = models;
        this.parked = parked;
        this.frames = frames;
        this.clock = clock;
    }

    /**
     * @param counts accounts per band
     * @param money revenue per currency
     * @param matrix accounts from band to band
     */
    public record View(
            Map<Band, Long> counts,
            Map<String, Money> money,
            List<BandWeek> weeks,
            String chart,
            Map<Band, Map<Band, Cell>> matrix,
            LocalDate from,
            LocalDate to,
            List<ModelVersion> models,
            List<Parked.Entry> parked) {

        /** The bands to show; who left only when somebody did. */
        public List<Band> bands() {
            return Stream.of(Band.HEALTHY, Band.WATCH, Band.AT_RISK, Band.UNKNOWN, Band.LEFT)
                    .filter(band -> band != Band.LEFT || count(band) > 0 || matrix.containsKey(band))
                    .toList();
        }

        public long count(Band band) {
            return counts.getOrDefault(band, 0L);
        }

        /** Currencies in which something is at risk; all of them when nothing is. */
        public Map<String, Money> moneyAtRisk() {
            Map<String, Money> some = new TreeMap<>(money);
            some.values().removeIf(one -> one.atRisk().signum() == 0);
            return some.isEmpty() ? money : some;
        }
    }

    /** Revenue of one currency. */
    public record Money(BigDecimal atRisk, BigDecimal all) {}

    /** @param arr yearly revenue by currency, without accounts that have none */
    public record Cell(long accounts, Map<String, BigDecimal> arr) {}

    @GetMapping("/health")
    String health(
            Viewer viewer,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate until = to == null || to.isAfter(today) ? today : to;
        LocalDate since = from == null || from.isAfter(until) ? until.minusDays(USUAL_DAYS) : from;
        List<BandCount> bands = health.bands(viewer);
        List<BandWeek> weeks = health.distribution(viewer);
        model.addAttribute("frame", frames.frame("Health", HealthNavigation.HEALTH));
        model.addAttribute(
                "view",
                new View(
                        counts(bands),
                        money(bands),
                        weeks,
                        HealthCharts.distribution(weeks),
                        matrix(health.movement(viewer, since, until)),
                        since,
                        until,
                        models.all().stream().filter(ModelVersion::inForce).toList(),
                        parked.entries()));
        return "health/health";
    }

    @GetMapping("/health/movement")
    String movement(
            Viewer viewer,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to,
            @RequestParam Band was,
            @RequestParam Band is,
            Model model) {
        List<MovedAccount> accounts = health.moved(viewer, from, to, was, is);
        model.addAttribute(
                "frame", frames.frame("Who moved", HealthNavigation.HEALTH).under("Health", "/health"));
        model.addAttribute(
                "subtitle",
                "%s: %s on %s, %s on %s"
                        .formatted(
                                accounts.size() == 1 ? "One account" : Wording.count(accounts.size()) + " accounts",
                                was.title().toLowerCase(Locale.ROOT),
                                Wording.day(from),
                                is.title().toLowerCase(Locale.ROOT),
                                Wording.day(to)));
        model.addAttribute("accounts", accounts);
        return "health/movement";
    }

    private static Map<Band, Long> counts(List<BandCount> bands) {
        Map<Band, Long> counts = new TreeMap<>();
        bands.forEach(count -> counts.merge(count.band(), count.accounts(), Long::sum));
        return counts;
    }

    private static Map<String, Money> money(List<BandCount> bands) {
        Map<String, Money> money = new TreeMap<>();
        for (BandCount count : bands) {
            if (count.currency() != null) {
                BigDecimal atRisk = count.band() == Band.AT_RISK ? count.arr() : BigDecimal.ZERO;
                money.merge(
                        count.currency(),
                        new Money(atRisk, count.arr()),
                        (one, other) -> new Money(
                                one.atRisk().add(other.atRisk()), one.all().add(other.all())));
            }
        }
        return money;
    }

    private static Map<Band, Map<Band, Cell>> matrix(List<Movement> movements) {
        Map<Band, Map<Band, Cell>> matrix = new TreeMap<>();
        for (Movement movement : movements) {
            Map<String, BigDecimal> arr = new TreeMap<>();
            if (movement.currency() != null) {
                arr.put(movement.currency(), movement.arr());
            }
            matrix.computeIfAbsent(movement.from(), band -> new TreeMap<>())
                    .merge(movement.to(), new Cell(movement.accounts(), arr), HealthPage::together);
        }
        return matrix;
    }

    private static Cell together(Cell one, Cell other) {
        Map<String, BigDecimal> arr = new TreeMap<>(one.arr());
        other.arr().forEach((currency, amount) -> arr.merge(currency, amount, BigDecimal::add));
        return new Cell(one.accounts() + other.accounts(), arr);
    }
}
