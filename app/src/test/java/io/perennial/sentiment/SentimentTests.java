package io.perennial.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentimentTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | Honestly, we have had enough: your portal was down again and my whole team is furious.
            en | I cannot believe you deleted our data AGAIN!!! This is outrageous.
            de | Wir sind maßlos enttäuscht, das ist jetzt schon der vierte Ausfall, und keiner meldet sich.
            fr | Nous sommes vraiment furieux, votre service est lamentable.
            es | Estamos muy decepcionados, el servicio es pésimo y nadie nos ayuda.
            it | Siamo davvero arrabbiati, il vostro servizio è pessimo.
            """)
    void whoeverIsUpsetIsHeard(String language, String text) {
        assertThat(Sentiment.read(text, language).upset()).as(text).isGreaterThan(Tone.UPSET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | The nightly job fails with a fatal error and the connection is refused.
            en | How can I delete a user whose account was blocked?
            en | Please cancel the order, the contract ends in May.
            de | Der nächtliche Lauf bricht mit einem Fehler ab, die Verbindung wird abgelehnt.
            fr | L'import échoue avec une erreur critique, comment puis-je le relancer ?
            es | La importación falla con un error, ¿cómo puedo repetirla?
            it | L'importazione fallisce con un errore, come posso ripeterla?
            """)
    void whoeverReportsTroubleIsNotThereforeUpset(String language, String text) {
        assertThat(Sentiment.read(text, language).upset()).as(text).isLessThan(Tone.UPSET);
    }

    @Test
    void aNegationTurnsAWordRound() {
        assertThat(Sentiment.read("We are not happy with this.", "en").upset())
                .isGreaterThan(Sentiment.read("We are happy with this.", "en").upset() + 0.3);
        assertThat(Sentiment.read("This is not terrible.", "en").upset())
                .isLessThan(Sentiment.read("This is terrible.", "en").upset());
    }

    @Test
    void theSentenceThatSaysMostIsQuotedWithItsWords() {
        Tone tone = Sentiment.read(
                "Hello, the export of March is attached.\n\nI am really disappointed by your support. Please call me at ten.",
                "en");
        assertThat(tone.sentence()).isEqualTo("I am really disappointed by your support.");
        assertThat(tone.words()).contains("disappointed");
        assertThat(tone.score()).isNegative();
    }

    @Test
    void gladnessScoresAboveZero() {
        Tone tone = Sentiment.read("Perfect, that solved it. Thank you so much!", "en");
        assertThat(tone.score()).isGreaterThan(0.5);
        assertThat(tone.isUpset()).isFalse();
        assertThat(tone.words()).isEmpty();
    }

    @Test
    void codeAddressesAndQuotedLinesAreNotTheWritersMood() {
        String plain = "The call returns 404.";
        double calm = Sentiment.read(plain, "en").upset();
        assertThat(Sentiment.read(plain + " `hate.terrible(awful)` see https://example.org/this/is/awful @awful", "en")
                        .upset())
                .isLessThan(Math.max(0.3, calm + 0.1));
        assertThat(Sentiment.read("> This is awful, I hate it.\nThe call returns 404.", "en")
                        .upset())
                .isEqualTo(calm);
    }

    @Test
    void whatIsWrittenDecidesAboutTheLanguage() {
        String german = "Ich bin mit der Lösung wirklich nicht zufrieden, das ist eine Frechheit.";
        assertThat(Sentiment.read(german, "fr").upset())
                .isEqualTo(Sentiment.read(german, "de").upset());
    }

    @Test
    void withoutWordsThereIsNoTone() {
        for (String nothing : new String[] {"", "   ", "\n\n\n", "12345", "```code```", "...", "\u0000"}) {
            Tone tone = Sentiment.read(nothing, null);
            assertThat(tone.isUpset()).isFalse();
            assertThat(tone.sentence()).isEmpty();
        }
    }

    @Test
    void shoutingSaysMoreThanSpeaking() {
        assertThat(Sentiment.read("WHEN WILL THIS BE DONE???", "en").upset())
                .isGreaterThan(Sentiment.read("When will this be done?", "en").upset());
    }
}
