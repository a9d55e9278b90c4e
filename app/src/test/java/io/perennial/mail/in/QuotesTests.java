package io.perennial.mail.in;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is new in a letter, and what it only repeats. */
class QuotesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On Tue, Nov 24, 2026 at 9:00 AM Help <help@x.example> wrote:\n> old\n> older",
                "On Tue, Nov 24, 2026 at 9:00 AM Help\n<help@x.example> wrote:\n> old",
                "Am 24.11.2026 um 09:00 schrieb Hilfe:\n> old",
                "Le mar. 24 nov. 2026 à 09:00, Aide <help@x.example> a écrit :\n> old",
                "El mar, 24 nov 2026 a las 9:00, Ayuda escribió:\n> old",
                "Il giorno mar 24 nov 2026 alle ore 09:00 Aiuto ha scritto:\n> old",
                "-----Original Message-----\nFrom: Help\nSent: Tuesday\nSubject: x\n\nold",
                "________________________________\n"
                        + "From: Help <help@x.example>\n"
                        + "Sent: Tuesday\n"
                        + "To: Ana\n"
                        + "Subject: x\n\n"
                        + "old",
                "Von: Hilfe <help@x.example>\nGesendet: Dienstag\nAn: Ana\nBetreff: x\n\nold",
                "> old\n> older",
            })
    void whatFollowsIsRepetition(String repeated) {
        Quotes.Split split = Quotes.split("It still fails.\n\nAna\n\n" + repeated);

        assertThat(split.fresh()).isEqualTo("It still fails.\n\nAna");
        assertThat(split.quoted()).isEqualTo(repeated);
    }

    @Test
    void answersBetweenTheLinesStay() {
        String letter = "On Tuesday Help wrote:\n> Which version?\n\n5.2\n\n> Which browser?\n\nFirefox";
        assertThat(Quotes.split("Hello,\n\n" + letter).fresh()).contains("5.2", "Firefox", "> Which browser?");
    }

    @Test
    void whatIsForwardedIsNews() {
        String letter = "Please help.\n\n---------- Forwarded message ----------\nFrom: Bob\nDate: Monday\n\nIt burns.";
        assertThat(Quotes.split(letter).fresh()).contains("It burns.");
        assertThat(Quotes.split("> only a quote").fresh()).isEqualTo("> only a quote");
    }

    @Test
    void aSentenceThatMentionsWritingIsNoQuote() {
        assertThat(Quotes.split("Hello.\n\nWe changed the file as Bob wrote it: nothing.")
                        .quoted())
                .isEmpty();
        assertThat(Quotes.split("From: the very start it was slow.").quoted()).isEmpty();
    }
}
