package io.perennial.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoneWordsTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Eva Lie has left the company. Write to Jon Dahl.",
                "Eva Lie has left our organisation.",
                "Eva Lie has left Harbor Freight.",
                "Eva Lie has left.",
                "I have left the company; ask for Jon Dahl.",
                "Eva left the company in May.",
                "Eva Lie is no longer with us.",
                "Eva no longer works here.",
                "She is no longer part of the team.",
                "Eva Lie ist nicht mehr bei uns beschäftigt.",
                "Eva Lie arbeitet nicht mehr für Harbor.",
                "Eva Lie ist nicht mehr in unserem Haus.",
                "Frau Lie hat das Unternehmen verlassen.",
                "Frau Lie ist ausgeschieden.",
                "Eva Lie ne travaille plus chez nous.",
                "Eva Lie a quitté l’entreprise.",
                "Eva Lie ya no trabaja aquí.",
                "Eva Lie ha dejado la empresa.",
                "Eva Lie non lavora più qui.",
                "Eva Lie ha lasciato la società.",
                "Eva werkt niet meer bij ons."
            })
    void whoIsGoneIsHeard(String line) {
        assertThat(GoneWords.in("Automatic reply", "Thank you for your letter.\n" + line))
                .contains(line);
        assertThat(GoneWords.in(line, "Thank you for your letter.")).contains(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I am on holiday until Monday and have left my phone at home.",
                "I have left the office until Monday.",
                "Eva has left for the day.",
                "I am no longer attending the fair.",
                "Ich bin bis Montag nicht im Haus.",
                "Eva a quitté le bureau pour aujourd’hui.",
                "Eva ha dejado la oficina hasta el lunes.",
                ""
            })
    void whoIsAwayForAWhileIsNotGone(String line) {
        assertThat(GoneWords.in(line, line)).isEmpty();
    }

    @Test
    void aLongLineIsCut() {
        assertThat(GoneWords.in("", "Eva has left the company. " + "x".repeat(500)))
                .hasValueSatisfying(line -> assertThat(line).hasSize(200).endsWith("…"));
    }
}
