package io.perennial.identity.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class PortfolioGuardTests {

    private static final String FOREIGN = "This belongs to an account of somebody else.";

    private static final RecordType ACCOUNTS = type("accounts", "accounts.account", "id");
    private static final RecordType CONTACTS = type("contacts", "accounts.contact", "account_id");

    @Autowired
    PortfolioGuard guard;

    @Autowired
    Records records;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    private UUID ana = new UUID(0, 0);
    private UUID hers = new UUID(0, 0);
    private UUID his = new UUID(0, 0);

    @BeforeEach
    void anaAndBenOwnOneAccountEach() {
        ana = people.member("Ana Reyes", Role.CSM, false);
        UUID ben = people.member("Ben Okafor", Role.CSM, true);
        hers = account("hers", ana);
        his = account("his", ben);
    }

    @Test
    void aMemberWithTheirOwnPortfolioChangesOnlyTheirOwnAccounts() {
        assertThat(refused(ACCOUNTS, "hers", Map.of("name", "New"))).isNull();
        assertThat(refused(ACCOUNTS, "his", Map.of("name", "New"))).isEqualTo(FOREIGN);
        assertThat(refused(ACCOUNTS, "new", Map.of("name", "New"))).isEqualTo("A new account must have you as owner.");
        assertThat(refused(ACCOUNTS, "new", Map.of("owner", ana))).isNull();
    }

    @Test
    void theyGiveNoAccountAwayAndTakeNone() {
        assertThat(refused(ACCOUNTS, "hers", Map.of("owner", UUID.randomUUID())))
                .isEqualTo("You may not give accounts to somebody else.");
        assertThat(refused(ACCOUNTS, "his", Map.of("owner", ana))).isEqualTo(FOREIGN);
    }

    @Test
    void theirContactsStayOnTheirAccounts() {
        contact("known", his);
        assertThat(refused(CONTACTS, "mia", Map.of("account", hers))).isNull();
        assertThat(refused(CONTACTS, "mia", Map.of("account", his)))
                .isEqualTo("This account belongs to somebody else.");
        assertThat(refused(CONTACTS, "known", Map.of("account", hers))).isEqualTo(FOREIGN);
        assertThat(refused(CONTACTS, "mia", Map.of())).isEqualTo("Name an account that you own.");
    }

    @Test
    void readersWriteNothingAndSupportWritesNoAccounts() {
        RecordRow row = new RecordRow(1, "his", Map.of("name", "New"), Map.of());
        UUID reader = people.member("Rita Reader", Role.READ_ONLY, true);
        UUID support = people.member("Sam Support", Role.SUPPORT, true);
        assertThat(guard.refuse(ACCOUNTS, List.of(row), Actor.person(reader, "Rita Reader")))
                .containsEntry(0, "Your role only reads.");
        assertThat(guard.refuse(ACCOUNTS, List.of(row), Actor.person(support, "Sam Support")))
                .containsEntry(0, "Support writes cases and touchpoints only.");
        assertThat(guard.refuse(ACCOUNTS, List.of(row), Actor.SYSTEM)).isEmpty();
    }

    @Test
    void aFileMakesNoAdministratorsAndChangesNobodyWhoCanSignIn() {
        people.withPassword("Grace Hopper", Role.LEADER, "seven yellow umbrellas");
        people.apiKey("import");
        Actor key = Actor.key(
                database.sql("select id from identity.api_key")
                        .query(UUID.class)
                        .single(),
                "Nightly load");
        RecordType team = records.type("team-members").orElseThrow();
        List<RecordRow> rows = List.of(
                new RecordRow(1, "eve", Map.of("name", "Eve", "role", "ADMIN"), Map.of()),
                new RecordRow(2, "grace.hopper", Map.of("role", "CSM"), Map.of()),
                new RecordRow(3, "grace.hopper", Map.of("email", "eve@evil.example"), Map.of()),
                new RecordRow(4, "grace.hopper", Map.of("name", "Grace B. Hopper", "role", "LEADER"), Map.of()));
        assertThat(guard.refuse(team, rows, key)).containsOnlyKeys(0, 1, 2);
    }

    private @Nullable String refused(RecordType type, String externalId, Map<String, @Nullable Object> values) {
        RecordRow row = new RecordRow(1, externalId, values, Map.of());
        return guard.refuse(type, List.of(row), Actor.person(ana, "Ana Reyes")).get(0);
    }

    private UUID account(String externalId, UUID owner) {
        return database.sql("""
                insert into accounts.account (id, external_id, name, owner_id, created_at, updated_at)
                values (gen_random_uuid(), :external_id, :external_id, :owner, now(), now()) returning id
                """)
                .param("external_id", externalId)
                .param("owner", owner)
                .query(UUID.class)
                .single();
    }

    private void contact(String externalId, UUID account) {
        database.sql("""
                insert into accounts.contact (id, external_id, account_id, name, created_at, updated_at)
                values (gen_random_uuid(), :external_id, :account, :external_id, now(), now())
                """)
                .param("external_id", externalId)
                .param("account", account)
                .update();
    }

    private static RecordType type(String name, String table, String accountColumn) {
        return new RecordType(
                name,
                name,
                name,
                table,
                List.of(
                        Column.of("name", ColumnType.TEXT, "Name.", "Acme"),
                        Column.reference("account", "accounts", "account_id", "Account.", "acme"),
                        Column.reference("owner", "team-members", "owner_id", "Owner.", "ana")),
                accountColumn,
                null);
    }
}
