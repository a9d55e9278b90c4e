package io.perennial.programs.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.programs.Delivery;
import io.perennial.programs.Delivery.Row;
import io.perennial.programs.Delivery.State;
import io.perennial.programs.Delivery.Sum;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Over- and under-delivery, from the sum to the account. */
@Controller
public class DeliveryPages {

    private static final int LAST_PAGE = 1_000;

    private final Delivery delivery;
    private final Frames frames;
    private final Clock clock;

    DeliveryPages(Delivery delivery, Frames frames, Clock clock) {
        this.delivery = delivery;
        this.frames = frames;
        this.clock = clock;
    }

    /** What is shown; the page's address says the same. */
    public record Query(String program, String unit, String state, int page) {

        public String url(int other) {
            UriComponentsBuilder url = UriComponentsBuilder.fromPath("/programs/delivery");
            if (!program.isEmpty()) {
                url.queryParam("program", program);
            }
            if (!unit.isEmpty()) {
                url.queryParam("unit", unit);
            }
            if (!state.isEmpty()) {
                url.queryParam("state", state);
            }
            return (other > 1 ? url.queryParam("page", other) : url).encode().toUriString();
        }

        public Query in(State other) {
            return new Query(program, unit, other.key(), 1);
        }

        public static Query of(Sum sum, @Nullable State state) {
            return new Query(sum.program().toString(), sum.unit(), state == null ? "" : state.key(), 1);
        }

        public boolean all() {
            return program.isEmpty() && unit.isEmpty() && state.isEmpty();
        }
    }

    /** What all programs together gave away and did not deliver, in one currency. */
    public record Money(String currency, BigDecimal given, BigDecimal owed) {}

    /** @param total terms by ordinal of the state @param money by currency, as far as units have a worth */
    public record View(List<Sum> sums, List<Row> rows, boolean more, Query query, long[] total, List<Money> money) {

        public long total(State state) {
            return total[state.ordinal()];
        }
    }

    @GetMapping("/programs/delivery")
    String show(
            Viewer viewer,
            @RequestParam(defaultValue = "") String program,
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "1") String page,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Query query = new Query(program, unit, state, Math.clamp(Numbers.read(page, 1), 1, LAST_PAGE));
        List<Sum> sums = delivery.sums(viewer, today);
        long[] total = new long[State.values().length];
        for (Sum sum : sums) {
            for (State each : State.values()) {
                total[each.ordinal()] += sum.count(each);
            }
        }
        List<Row> rows = delivery.rows(
                viewer,
                today,
                id(program),
                unit.isEmpty() ? null : unit,
                State.of(state).orElse(null),
                query.page());
        boolean more = rows.size() > Delivery.PAGE;
        model.addAttribute(
                "frame", frames.frame("Delivery", ProgramNavigation.PROGRAMS).under("Programs", "/programs"));
        model.addAttribute(
                "view", new View(sums, more ? rows.subList(0, Delivery.PAGE) : rows, more, query, total, money(sums)));
        return "programs/delivery";
    }

    private static List<Money> money(List<Sum> sums) {
        Map<String, Money> money = new TreeMap<>();
        for (Sum sum : sums) {
            if (sum.currency() != null && sum.given() != null && sum.owed() != null) {
                money.merge(
                        sum.currency(),
                        new Money(sum.currency(), sum.given(), sum.owed()),
                        (one, other) -> new Money(
                                one.currency(),
                                one.given().add(other.given()),
                                one.owed().add(other.owed())));
            }
        }
        return List.copyOf(money.values());
    }

    private static @Nullable UUID id(String text) {
        try {
            return text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }
}
