package io.perennial.metrics.areas;

import static io.perennial.metrics.Input.count;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import io.perennial.metrics.formula.Shares;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether customers are content, anxious, restless or angry, as the people say who speak with them. */
@Component
class MoodMetrics implements MetricSource {

    private static final int QUARTER = 90;
    private static final Reason NO_MOODS =
            new Reason("NO_MOODS", "No conversation with a customer in the period says how it went.");

    /** As {@code metrics.mood_of} reads words, and what each means. */
    private static final Map<String, String> MOODS = moods();

    private final CustomerReadings customers;

    MoodMetrics(CustomerReadings customers) {
        this.customers = customers;
    }

    private static Map<String, String> moods() {
        Map<String, String> moods = new LinkedHashMap<>();
        moods.put("content", "Content: satisfied, glad, relieved.");
        moods.put("neutral", "Neither glad nor sorry.");
        moods.put("anxious", "Anxious about the future.");
        moods.put("restless", "Restless, and thinking about another vendor.");
        moods.put("angry", "Angry with us.");
        moods.put("unhappy", "Dissatisfied, without a word that says how.");
        return moods;
    }

    @Override
    public List<Metric> metrics() {
        Metric.Draft draft = Metric.of("customer_mood", "Mood of customers", Area.HEALTH, Unit.PERCENT)
                .asks("Are customers generally content, or anxious about the future, restless, or angry?")
                .formula(
                        "Customers of that mood ÷ customers whose mood is known; the last conversation that says it counts.")
                .counts("Customers of that mood", "Customers of whose conversations one says how it went")
                .leavesOut("Customers of whom nobody said how they feel, shown beside; words that are not known.")
                .better(Direction.NEITHER)
                .from("engagement, contracts")
                .ofOpinions();
        boolean first = true;
        Map<String, CustomerSpec> specs = new LinkedHashMap<>();
        for (Map.Entry<String, String> mood : MOODS.entrySet()) {
            String name = mood.getKey();
            draft.definition(name, Character.toUpperCase(name.charAt(0)) + name.substring(1), mood.getValue());
            if (first) {
                draft.form(
                        Shares.of("of_mood", "known", NO_MOODS.code(), "Nobody's mood is known."),
                        count("of_mood", "Customers of that mood.", "12"),
                        count("known", "Customers whose mood is known.", "80"));
                first = false;
            }
            specs.put(name, of(name));
        }
        return List.of(
                draft.reads(new CustomerMetric(customers, QUARTER, specs)).done());
    }

    private static CustomerSpec of(String mood) {
        return CustomerSpec.ofClass(
                        """
                        felt as (
                            select distinct on (t.account_id) t.account_id, t.at, t.kind, t.sentiment, metrics.mood_of(t.sentiment) as mood
                            from engagement.touchpoint t
                            where t.conversation and t.at >= :from and t.at < :until and metrics.mood_of(t.sentiment) is not null
                            order by t.account_id, t.at desc, t.id desc
                        )""",
                        """
                        select l.account_id, f.mood is not null as counted, false as hit, f.mood as class,
                            null::numeric as amount, null::numeric as base, '' as currency, l.arr as rank,
                            coalesce(f.sentiment || ', ' || f.kind || ' of ' || to_char(f.at at time zone 'UTC', 'YYYY-MM-DD'),
                                'nobody said') as note
                        from live l left join felt f on f.account_id = l.account_id
                        where l.leads""",
                        List.copyOf(MOODS.keySet()),
                        mood,
                        (hits, tally) -> CustomerSpec.opinion(hits, tally, NO_MOODS),
                        NO_MOODS)
                .leavingOut("customers of whom nobody said it", "not f.counted");
    }
}
