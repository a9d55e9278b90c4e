package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class CustomersComeInTests {

    @Autowired
    Records records;

    @Autowired
    JdbcClient database;

    @Autowired
    Accounts accounts;

    @Autowired
    Overview overview;

    @Autowired
    io.perennial.world.People staff;

    @Test
    void aNewAccountStandsInTheListAtOnceAndWaitsForItsHealth() {
        staff.member("Ana Reyes", Role.CSM, true);

        assertThat(bring("accounts", "harbor", harbor("Mid-market")).result()).isEqualTo(Result.CREATED);

        assertThat(row("select name, segment, owner_name, next_step from accounts.overview"))
                .containsEntry("name", "Harbor Freight Lines")
                .containsEntry("segment", "Mid-market")
                .containsEntry("owner_name", "Ana Reyes")
                .containsEntry("next_step", "Call about the roll-out");
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void bringingTheSameAgainWritesNothing() {
        staff.member("Ana Reyes", Role.CSM, true);
        bring("accounts", "harbor", harbor("Mid-market"));
        database.sql("delete from accounts.changed").update();

        assertThat(bring("accounts", "harbor", harbor("Mid-market")).result()).isEqualTo(Result.UNCHANGED);

        assertThat(waiting()).isZero();
        assertThat(row("select version from accounts.account")).containsEntry("version", 1);
    }

    @Test
    void anEditByAPersonShowsInTheListAtOnce() {
        staff.member("Ana Reyes", Role.CSM, true);
        bring("accounts", "harbor", harbor("Mid-market"));

        bring("accounts", "harbor", Map.of("segment", "Enterprise"));

        assertThat(row("select name, segment from accounts.overview"))
                .containsEntry("name", "Harbor Freight Lines")
                .containsEntry("segment", "Enterprise");
    }

    @Test
    void anAccountCannotBelongToItsOwnChild() {
        bring("accounts", "group", Map.of("name", "Harbor Group"));
        bring("accounts", "harbor", Map.of("name", "Harbor Freight Lines", "parent", "group"));

        RowOutcome outcome = bring("accounts", "group", Map.of("parent", "harbor"));

        assertThat(outcome.result()).isEqualTo(Result.INVALID);
        assertThat(accounts.children(accounts.byExternalId("group").orElseThrow()))
                .extracting(AccountCard::name)
                .containsExactly("Harbor Freight Lines");
    }

    @Test
    void anOwnerMayBeNamedByMail() {
        staff.member("Ana Reyes", Role.CSM, true);

        bring("accounts", "harbor", Map.of("name", "Harbor Freight Lines", "owner", "Ana.Reyes@perennial.example"));

        assertThat(row("select owner_name from accounts.overview")).containsEntry("owner_name", "Ana Reyes");
    }

    @Test
    void anOwnersNewNameReachesTheList() {
        staff.member("Ana Reyes", Role.CSM, true);
        bring("accounts", "harbor", harbor("Mid-market"));
        database.sql("delete from accounts.changed").update();

        bring("team-members", "ana.reyes", Map.of("name", "Ana Reyes-Holt"));

        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void peopleComeWithTheirRoles() {
        bring("accounts", "harbor", Map.of("name", "Harbor Freight Lines"));
        database.sql("delete from accounts.changed").update();

        bring(
                "contacts",
                "mia",
                Map.of(
                        "account", "harbor",
                        "name", "Mia Okafor",
                        "email", "mia.okafor@harbor.example",
                        "roles", "decision_maker|champion",
                        "confirmed_on", "2026-10-01"));

        assertThat(accounts.contacts(accounts.byExternalId("harbor").orElseThrow()))
                .singleElement()
                .satisfies(mia -> {
                    assertThat(mia.roleNames()).containsExactly("decision maker", "champion");
                    assertThat(mia.confirmedOn()).isEqualTo(LocalDate.of(2026, 10, 1));
                });
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void whatWasSoldReachesTheOverviewWithTheNextRefresh() {
        bring("accounts", "harbor", Map.of("name", "Harbor Freight Lines"));
        bring(
                "contracts",
                "harbor-2026",
                Map.of("account", "harbor", "program", "Premier", "starts_on", "2026-01-01", "ends_on", "2027-01-01"));

        RowOutcome line = bring(
                "contract-lines",
                "harbor-2026-1",
                Map.ofEntries(
                        Map.entry("account", "harbor"),
                        Map.entry("contract", "harbor-2026"),
                        Map.entry("product", "Planner"),
                        Map.entry("kind", "subscription"),
                        Map.entry("seats", "120"),
                        Map.entry("amount", "14400.00"),
                        Map.entry("period", "year"),
                        Map.entry("currency", "EUR"),
                        Map.entry("starts_on", "2026-01-01"),
                        Map.entry("ends_on", "2027-01-01"),
                        Map.entry("auto_renew", "false")));
        overview.refreshAll(LocalDate.of(2026, 11, 24));

        assertThat(line.problems()).isEmpty();
        Map<String, @Nullable Object> row = row("select arr, seats, renews_on, auto_renew from accounts.overview");
        assertThat((BigDecimal) row.get("arr")).isEqualByComparingTo("14400");
        assertThat(row).containsEntry("seats", 120).containsEntry("auto_renew", false);
        assertThat(row("select notice_days from contracts.contract")).containsEntry("notice_days", 60);
    }

    @Test
    void aReasonInTheCompanysOwnWordsIsKeptAndCounted() {
        bring("accounts", "harbor", Map.of("name", "Harbor Freight Lines"));

        RowOutcome outcome = bring(
                "cancellations",
                "harbor-lost",
                Map.of("account", "harbor", "cancelled_on", "2026-03-14", "reason", "Pricing"));

        assertThat(outcome.problems()).isEmpty();
        assertThat(row("select reason, category from contracts.cancellation"))
                .containsEntry("reason", "Pricing")
                .containsEntry("category", "cost");
    }

    @Test
    void aTouchpointKnowsWhetherItWasAConversation() {
        bring("accounts", "harbor", Map.of("name", "Harbor Freight Lines"));
        bring("touchpoints", "t-1", Map.of("account", "harbor", "at", "2026-11-20T10:00:00Z", "kind", "call"));
        bring("touchpoints", "t-2", Map.of("account", "harbor", "at", "2026-11-21T10:00:00Z", "kind", "automated"));
        bring(
                "touchpoints",
                "t-3",
                Map.of("account", "harbor", "at", "2026-11-22T10:00:00Z", "kind", "mail", "two_way", "true"));

        assertThat(database.sql("select conversation from engagement.touchpoint order by at")
                        .query(Boolean.class)
                        .list())
                .containsExactly(true, false, true);
    }

    private static Map<String, @Nullable Object> harbor(String segment) {
        return Map.of(
                "name", "Harbor Freight Lines",
                "segment", segment,
                "owner", "ana.reyes",
                "time_zone", "Europe/Berlin",
                "customer_since", "2024-03-01",
                "next_step", "Call about the roll-out");
    }

    private RowOutcome bring(String type, String externalId, Map<String, ? extends @Nullable Object> values) {
        return records.upsert(
                        records.type(type).orElseThrow(),
                        List.of(new RecordRow(1, externalId, new HashMap<>(values), Map.of())),
                        Actor.SYSTEM,
                        new Records.Write(UUID.randomUUID(), "Brought " + type, Records.Formats.ISO))
                .getFirst();
    }

    private Map<String, @Nullable Object> row(String sql) {
        return database.sql(sql).query().singleRow();
    }

    private int waiting() {
        return database.sql("select count(*) from accounts.changed")
                .query(Integer.class)
                .single();
    }
}
