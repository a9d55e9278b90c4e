package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Harbor bought the product for its forecasts, and writes notes with it now. As much as ever, says all other use. */
class FallingGoalFeaturesTests extends CustomerStory {

    private static final LocalDate START = LocalDate.of(2026, 11, 24);

    @ParameterizedTest
    @EnumSource(Days.class)
    void whoeverStopsUsingWhatServesTheGoalIsCalledOnceAndWrittenToOnce(Days how) {
        live(how);
        customer("harbor", "Harbor Freight");
        customer("peer", "Peer");
        contact("eva", "harbor", "Eva Lie", "champion");
        contact("nils", "harbor", "Nils Dahl", "decision_maker");
        contact("bo", "peer", "Bo Ek", "champion");
        contact("kim", "peer", "Kim Ask", "decision_maker");
        for (String account : List.of("harbor", "peer")) {
            brings("contract-lines/line-of-" + account, """
                    {"account": "%s", "product": "Planner", "amount": 12000, "period": "year", "currency": "EUR",
                     "starts_on": "2026-01-01"}""".formatted(account));
        }
        used(START.minusDays(100), START.minusDays(31), 40);
        used(START.minusDays(30), START.minusDays(1), 4);
        work();
        String plan = done(ana.post(
                        "/success-plans",
                        Map.of(
                                "account",
                                id("accounts.account", "harbor"),
                                "key",
                                "one",
                                "name",
                                "Stock that lasts",
                                "owner",
                                ana.id().toString())))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        comes(() -> done(ana.post(plan + "/features", Map.of("feature", "forecast"))));
        on("2026-11-25");
        happened(
                "signal open: goal_features_falling at Harbor Freight",
                "task for Ana Reyes by 2026-11-28: Features that serve the customer's goals are used less: call");
        restart();

        until("2026-11-29");
        nothingHappened();
        restart();
        on("2026-11-30");
        happened("letter accepted to eva@harbor.example: Are you still on the way, Eva?");
        assertThat(said("eva@")).contains("Hello Eva", "Harbor Freight", "Ana Reyes");
        comes(() -> crm.get("/api/v1/accounts/harbor"));

        until("2026-12-02");
        finishes("Features that serve the customer's goals are used less: call");
        happened(
                "task for Ana Reyes by 2026-11-28: Features that serve the customer's goals are used less: call, done: Done");
        on("2026-12-13");
        nothingHappened();
        on("2026-12-14");
        happened("task for Ana Reyes by 2026-12-19: Go through the success plan of Harbor Freight with their sponsor");
        restart();

        used(START.minusDays(30), START.plusDays(20), 40);
        on("2026-12-15");
        happened("signal over: goal_features_falling at Harbor Freight");
        restart();
        on("2027-01-15");
        nothingHappened();
    }

    /** Each day, Harbor's forecasts so often and notes for the rest; the peer as ever. */
    private void used(LocalDate from, LocalDate to, int forecasts) {
        List<String> items = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            items.add(use("harbor", day, "forecast", forecasts));
            items.add(use("harbor", day, "notes", 100 - forecasts));
            items.add(use("peer", day, "forecast", 40));
            items.add(use("peer", day, "notes", 60));
        }
        comes(() -> done(crm.json("POST", "/api/v1/usage/bulk", "{\"items\": [" + String.join(",", items) + "]}")));
    }

    private static String use(String account, LocalDate day, String feature, int events) {
        return """
                {"external_id": "", "account": "%s", "day": "%s", "feature": "%s", "user": "u-%s", "events": %d}""".formatted(account, day, feature, account, events);
    }
}
