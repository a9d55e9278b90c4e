package io.perennial.health.web;

import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Facts;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.health.AccountHealth;
import io.perennial.health.Health;
import io.perennial.health.HealthChange;
import io.perennial.health.HealthNow;
import io.perennial.health.Signal;
import io.perennial.health.Signals;
import io.perennial.health.model.Bands;
import io.perennial.platform.web.Wording;
import io.perennial.shared.AccountId;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health on the account page: a card that says what changed, and the whole breakdown with its history. */
@Configuration(proxyBeanMethods = false)
public class HealthPanels {

    private static final String TITLE = "Health";
    private static final int ORDER = 10;
    private static final int WEEK = 7;
    private static final int SIGNALS = 20;

    /**
     * @param change since a week ago; null when nothing moved
     * @param labels of the weeks of {@link AccountHealth#weekly()}
     */
    public record View(
            AccountId account,
            @Nullable AccountHealth health,
            @Nullable HealthChange change,
            List<Signal> signals,
            List<String> labels,
            String chart,
            LocalDate today,
            boolean mayWork) {}

    /**
     * The same in short.
     *
     * @param signals those that stand
     */
    public record Card(
            AccountId account,
            @Nullable HealthNow health,
            @Nullable HealthChange change,
            List<Signal> signals) {}

    @Bean
    AccountPanel healthCard(Health health, Signals signals, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "health-card", TITLE, ORDER), "health/card", card(health, signals));
    }

    @Bean
    AccountPanel healthTab(Health health, Signals signals, PanelTemplates templates) {
        return templates.panel(new Place(Tab.HEALTH, "health", TITLE, ORDER), "health/tab", view(health, signals));
    }

    private static Facts card(Health health, Signals signals) {
        return (account, viewer, today, page) -> Map.of(
                "view",
                new Card(
                        account,
                        health.now(account).orElse(null),
                        health.changeWithin(account, WEEK).orElse(null),
                        signals.of(account, SIGNALS).stream()
                                .filter(Signal::active)
                                .toList()));
    }

    private static Facts view(Health health, Signals signals) {
        return (account, viewer, today, page) -> {
            Optional<AccountHealth> found = health.of(account);
            List<String> labels =
                    found.map(score -> labels(score.weekly().length, today)).orElse(List.of());
            return Map.of(
                    "view",
                    new View(
                            account,
                            found.orElse(null),
                            health.changeWithin(account, WEEK).orElse(null),
                            signals.of(account, SIGNALS),
                            labels,
                            found.map(score -> chart(score, labels)).orElse(""),
                            today,
                            viewer.role().mayWork()));
        };
    }

    private static String chart(AccountHealth score, List<String> labels) {
        Bands bands = score.model().model().bands();
        return HealthCharts.trend(labels, score.weekly(), bands.watchFrom(), bands.healthyFrom());
    }

    private static List<String> labels(int weeks, LocalDate today) {
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        List<String> labels = new ArrayList<>();
        for (int back = weeks - 1; back > 0; back--) {
            labels.add(Wording.day(monday.minusWeeks(back).plusDays(6)));
        }
        labels.add("now");
        return labels;
    }
}
