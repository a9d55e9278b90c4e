package io.perennial.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.platform.records.Records;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tuesday, 24 November 2026. Harbor's contract names Premier and began in June. */
@PerennialTest
class PublishingTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Publishing publishing;

    @Autowired
    Programs programs;

    @Autowired
    Entitlements entitlements;

    @Autowired
    ProgramChoice choices;

    @Autowired
    People people;

    Shelf shelf;
    AccountId harbor;
    Visitor leader;

    @BeforeEach
    void harborBuysPremier() {
        harbor = new Book(database).account("harbor", "Harbor Freight");
        shelf = new Shelf(catalogue, publishing, records);
        leader = people.leader();
        shelf.contract("c-1", "harbor", "premier", "2026-06-01", "2027-06-01");
    }

    @Test
    void aVersionPublishedByMistakeIsADraftAgainAndNobodyHasIt() {
        Program premier = publish(LocalDate.of(2020, 1, 1));
        assertThat(leader.get("/programs/" + premier.id()).body()).contains("is published", "Undo");
        assertThat(left()).isEqualByComparingTo("2");

        undoTheLastChange();

        assertThat(leader.get("/programs/" + premier.id()).body()).contains("is a draft: nobody has it yet");
        assertThat(programs.coverage(harbor, TODAY).enrolment()).isNull();
        assertThat(entitlements.balances(harbor, TODAY)).isEmpty();
        assertThat(database.sql("select purpose from programs.entry order by n desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("Not included any more");
    }

    @Test
    void publishedAgainItIsBoughtAgain() {
        Program premier = publish(LocalDate.of(2020, 1, 1));
        undoTheLastChange();

        publish(premier, LocalDate.of(2020, 1, 1));

        assertThat(left()).isEqualByComparingTo("2");
        assertThat(programs.coverage(harbor, TODAY).version()).isEqualTo(1);
    }

    @Test
    void whoBoughtTheVersionTakenBackHasTheOneBeforeAgain() {
        Program premier = shelf.publish("Premier", Shelf.offer(Shelf.unit("reviews", 2, Rule.WARN)));
        new Book(database).account("tern", "Tern");
        write(premier, 5);
        publish(premier, LocalDate.of(2026, 9, 1));
        UUID undo = lastChange();
        shelf.contract("c-3", "tern", "premier", "2026-10-01", "2027-10-01");
        AccountId tern = account("tern");
        assertThat(entitlements.balances(tern, TODAY).getFirst().granted()).isEqualByComparingTo("5");

        leader.post("/changes/" + undo + "/undo", Map.of());

        assertThat(programs.coverage(tern, TODAY).version()).isEqualTo(1);
        assertThat(entitlements.balances(tern, TODAY).getFirst().granted()).isEqualByComparingTo("2");
    }

    @Test
    void whatACustomerHasUsedOrWasGivenStaysPublished() {
        Program premier = publish(LocalDate.of(2020, 1, 1));
        UUID undo = lastChange();
        entitlements.draw(harbor, "reviews", BigDecimal.ONE, "Review", "r-1", Actor.SYSTEM);

        assertThat(leader.post("/changes/" + undo + "/undo", Map.of()).body())
                .contains("Nothing was undone", "customers have used what it promises");
        assertThat(programs.coverage(harbor, TODAY).version()).isEqualTo(1);

        AccountId tern = new Book(database).account("tern", "Tern");
        write(premier, 3);
        publish(premier, TODAY);
        UUID second = lastChange();
        UUID version = catalogue.versions(premier.id()).getFirst().id();
        choices.choose(Shelf.LEADER, tern, null, version, "Asked for it");
        leader.post("/changes/" + second + "/undo", Map.of());
        assertThat(programs.coverage(tern, TODAY).version()).isEqualTo(2);
        assertThatThrownBy(() -> database.sql("update programs.version set published_at = null, published_by = null,"
                                + " valid_from = null where id = :id")
                        .param("id", version)
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("stays as it is");
    }

    @Test
    void aDraftBegunByMistakeIsDiscardedAndComesBack() {
        Program premier = publish(LocalDate.of(2020, 1, 1));
        String page = "/programs/" + premier.id();
        leader.post(page + "/draft", Map.of());
        write(premier, 9);
        String edits =
                Integer.toString(catalogue.versions(premier.id()).getFirst().edits());

        assertThat(leader.post(page + "/draft/removal", Map.of("edits", "0")).statusCode())
                .isEqualTo(422);
        leader.post(page + "/draft/removal", Map.of("edits", edits));
        assertThat(catalogue.versions(premier.id()))
                .singleElement()
                .satisfies(one -> assertThat(one.draft()).isFalse());

        undoTheLastChange();
        Offer offer = catalogue.versions(premier.id()).getFirst().offer();
        assertThat(offer.units().getFirst().amount()).isEqualByComparingTo("9");
        assertThat(people.csm("Ben Carter")
                        .post(page + "/draft/removal", Map.of("edits", edits))
                        .statusCode())
                .isEqualTo(403);
    }

    private Program publish(LocalDate from) {
        UUID program = catalogue.create(Shelf.LEADER, "Premier").program();
        Program premier = catalogue.program(program).orElseThrow();
        write(premier, 2);
        publish(premier, from);
        return premier;
    }

    private void write(Program program, int reviews) {
        catalogue.save(
                Shelf.LEADER,
                program.id(),
                catalogue.draft(Shelf.LEADER, program.id()).edits(),
                Shelf.offer(Shelf.unit("reviews", reviews, Rule.WARN)));
    }

    private void publish(Program program, LocalDate from) {
        String edits =
                Integer.toString(catalogue.draft(Shelf.LEADER, program.id()).edits());
        assertThat(leader.post(
                                "/programs/" + program.id() + "/publication",
                                Map.of("edits", edits, "from", from.toString()))
                        .statusCode())
                .isEqualTo(302);
    }

    private void undoTheLastChange() {
        leader.post("/changes/" + lastChange() + "/undo", Map.of());
    }

    private UUID lastChange() {
        return database.sql("select id from platform.change where kind = 'program' order by id desc limit 1")
                .query(UUID.class)
                .single();
    }

    private BigDecimal left() {
        return entitlements.balances(harbor, TODAY).getFirst().left();
    }

    private AccountId account(String externalId) {
        return new AccountId(database.sql("select id from accounts.account where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single());
    }
}
