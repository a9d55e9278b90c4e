package io.perennial.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.Visitor;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Oslo Ferry signs on Tuesday the 24th of November 2026 and has eight days to get in. On the ninth somebody helps whose step it is; when
 * that does not, Ana does; when that does not, her leader hears of it.
 */
class StuckOnDayNineTests extends CustomerStory {

    private static final String TEMPLATE = """
            Onboarding: Fleet start
            Starts for: new customers
            Run: automated
            Write to: champion, admin
            Help: Write to help@lumenworks.example
            Task after: 5 days
            Set up: Driver logins
            First value: First route planned

            # Welcome
            We: csm
            They: champion
            Within: 3 days
            Done when: entitlements told

            # Access
            They: admin
            Within: 8 days
            After: Welcome
            Done when: access verified by 2 people
            Next: Open the link in our letter and confirm that you get in.

            # First route planned
            They: champion
            Within: 60 days
            After: Access
            Done when: feature Route planner used
            """;

    @ParameterizedTest
    @EnumSource(Days.class)
    void whoIsStuckIsHelpedThenAnaIsAskedAndTheTaskEndsWhenTheyGoOn(Days how) {
        live(how);
        done(lin.post("/onboardings/templates", Map.of("text", TEMPLATE)));
        customer("oslo", "Oslo Ferry");
        contact("eva", "oslo", "Eva Lie", "champion");
        contact("ola", "oslo", "Ola Berg", "admin");
        nothingHappened();

        brings("contract-lines/oslo-1", """
                {"account": "oslo", "product": "Fleet Planner", "amount": "12000", "period": "year", "currency": "EUR",
                 "starts_on": "2026-11-24"}""");
        happened(
                "letter accepted to eva@oslo.example: Welcome: what you bought and where to get help",
                "letter accepted to ola@oslo.example: Welcome: what you bought and where to get help");

        until("2026-12-02");
        nothingHappened();
        restart();
        on("2026-12-03");
        happened(
                "letter accepted to ola@oslo.example: The next step at Oslo Ferry: Access",
                "signal open: milestone_overdue at Oslo Ferry");
        assertThat(said("ola@"))
                .contains("Dear Ola Berg", "by 2 December 2026", "Open the link in our letter", "Ana Reyes");

        until("2026-12-07");
        nothingHappened();
        restart();
        on("2026-12-08");
        happened("task for Ana Reyes by 2026-12-10: Get Oslo Ferry past \"Access\"");
        until("2026-12-12");
        nothingHappened();
        on("2026-12-13");
        happened(
                "letter accepted to lin.wei@perennial.example: Oslo Ferry: Oslo Ferry is stuck on the way to first value:"
                        + " onboarding stands at \"Access\", overdue for 11 days");
        restart();
        until("2026-12-16");
        nothingHappened();

        Visitor customer = people.stranger();
        comes(() -> assertThat(customer.get(link("ola@", "/getting-started/")).statusCode())
                .isEqualTo(200));
        nothingHappened();
        comes(() -> done(customer.post(link("ola@", "/getting-started/"), Map.of())));
        nothingHappened();
        comes(() -> done(customer.post(link("eva@", "/getting-started/"), Map.of())));
        happened(
                "task for Ana Reyes by 2026-12-10: Get Oslo Ferry past \"Access\", done: Access was reached on 16 Dec 2026.",
                "signal over: milestone_overdue at Oslo Ferry");
        restart();
        on("2027-01-20");
        nothingHappened();
    }
}
