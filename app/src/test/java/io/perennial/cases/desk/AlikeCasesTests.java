package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Beside a case stand others that read like it. */
@PerennialTest
class AlikeCasesTests extends DeskStory {

    @Test
    void theMostAlikeComeFirstAndWhatOnlySharesAWordStaysAway() {
        UUID id = open("The nightly export stops after the update", "one", "slowed", "one");
        open("Nightly exports stop after an update", "one", "slowed", "two");
        open("The nightly export stops after the update again", "one", "slowed", "three");
        open("Who pays the export of pianos to Norway, nightly or not?", "one", "slowed", "four");
        open("Sign-in asks twice", "one", "slowed", "five");

        assertThat(similar(sam, id))
                .containsExactly(
                        "The nightly export stops after the update again", "Nightly exports stop after an update");
    }

    @Test
    void numbersAndSubjectsWithoutWordsAreNoCaseOfThatNumber() {
        UUID digits = open("1000000", "one", "slowed", "one");
        open("1000001", "one", "slowed", "two");
        UUID none = open("?! ab", "one", "slowed", "three");

        assertThat(similar(sam, digits)).containsExactly("1000001");
        assertThat(similar(sam, none)).isEmpty();
    }

    @Test
    void nobodySeesCasesOfOthersCustomers() {
        UUID id = open("The nightly export stops after the update", "one", "slowed", "one");
        open("The nightly export stops after the update", "one", "slowed", "two");
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");

        assertThat(ben.get("/cases/" + id + "/similar").statusCode()).isEqualTo(404);
    }

    private static List<String> similar(Visitor who, UUID id) {
        return Jsoup.parse(who.get("/cases/" + id + "/similar").body()).select("a").eachText().stream()
                .map(title -> title.replaceFirst("#\\d+ ", ""))
                .toList();
    }
}
