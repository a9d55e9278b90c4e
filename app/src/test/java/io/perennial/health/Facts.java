package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Brings facts in by the entrance that every import uses, so that accounts are marked as in real life. */
final class Facts {

    private final Records records;

    Facts(Records records) {
        this.records = records;
    }

    AccountId account(String externalId, String name, String segment) {
        RowOutcome outcome = put("accounts", externalId, Map.of("name", name, "segment", segment));
        return new AccountId(Objects.requireNonNull(outcome.id()));
    }

    void contact(String externalId, String account, String roles) {
        put("contacts", externalId, Map.of("account", account, "name", externalId, "roles", roles));
    }

    void contactLeft(String externalId, String account, String on) {
        put("contacts", externalId, Map.of("account", account, "name", externalId, "left_on", on));
    }

    void line(String externalId, String account, String amount, int seats, String starts, String ends) {
        put(
                "contract-lines",
                externalId,
                Map.of(
                        "account",
                        account,
                        "product",
                        "Planner",
                        "amount",
                        amount,
                        "period",
                        "year",
                        "currency",
                        "EUR",
                        "seats",
                        Integer.toString(seats),
                        "starts_on",
                        starts,
                        "ends_on",
                        ends));
    }

    void use(String account, String day, String user, int events) {
        put(
                "usage",
                account + day + user,
                Map.of("account", account, "day", day, "user", user, "events", Integer.toString(events)));
    }

    void supportCase(String externalId, String account, String openedAt, String priority) {
        put(
                "cases",
                externalId,
                Map.of("account", account, "subject", "Help", "opened_at", openedAt, "priority", priority));
    }

    void resolved(String externalId, String account, String openedAt, String resolvedAt) {
        put(
                "cases",
                externalId,
                Map.of("account", account, "opened_at", openedAt, "resolved_at", resolvedAt, "subject", "Help"));
    }

    void answer(String externalId, String account, int score, String answeredAt) {
        put(
                "survey-responses",
                externalId,
                Map.of("account", account, "kind", "nps", "score", Integer.toString(score), "answered_at", answeredAt));
    }

    void call(String externalId, String account, String at) {
        put("touchpoints", externalId, Map.of("account", account, "kind", "call", "direction", "both", "at", at));
    }

    RowOutcome put(String type, String externalId, Map<String, Object> values) {
        List<RowOutcome> outcomes = records.upsert(
                records.type(type).orElseThrow(),
                List.of(new RecordRow(1, externalId, new HashMap<>(values), Map.of())),
                Actor.SYSTEM,
                new Records.Write(null, "test", Records.Formats.ISO));
        assertThat(outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.problems()).isEmpty());
        return outcomes.getFirst();
    }
}
