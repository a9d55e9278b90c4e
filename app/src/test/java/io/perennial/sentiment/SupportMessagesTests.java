package io.perennial.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.perennial.world.SharedData;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The model against 3,097 real messages that several people labelled. None of them was ever a lesson. Texts with an even
 * hash helped to choose settings; those with an odd one were looked at when all was settled, and the floors stand on them.
 */
class SupportMessagesTests {

    private record Message(String polarity, String text) {

        boolean heldBack() {
            return (text.hashCode() & 1) == 1;
        }

        boolean upset() {
            return polarity.equals("negative");
        }
    }

    @Test
    void messagesThatPeopleCalledNegativeAreFoundAmongRealOnes() throws IOException {
        List<Message> messages = messages();
        List<Measured.Said> heldBack =
                said(messages.stream().filter(Message::heldBack).toList());
        List<Measured.Said> lookedAt =
                said(messages.stream().filter(message -> !message.heldBack()).toList());
        System.out.println("Support messages, looked at:  " + Measured.intervals(lookedAt));
        System.out.println("Support messages, held back:  " + Measured.intervals(heldBack));
        System.out.println("Support messages, everything: " + Measured.intervals(said(messages)));
        Measured measured = Measured.of(heldBack);
        assertThat(measured.auc()).isGreaterThan(0.80);
        assertThat(measured.f1()).isGreaterThan(0.62);
    }

    @Test
    void threeTonesAreToldApartMuchBetterThanBySayingNeutralAlways() throws IOException {
        int[][] table = new int[3][3];
        for (Message message : messages()) {
            if (message.heldBack()) {
                table[List.of("negative", "neutral", "positive").indexOf(message.polarity())][tone(message)]++;
            }
        }
        double macro = 0;
        int right = 0;
        int all = 0;
        for (int i = 0; i < 3; i++) {
            int truly = 0;
            int called = 0;
            for (int j = 0; j < 3; j++) {
                truly += table[i][j];
                called += table[j][i];
            }
            macro += 2.0 * table[i][i] / (truly + called) / 3;
            right += table[i][i];
            all += truly;
        }
        double accuracy = (double) right / all;
        System.out.printf(
                Locale.ROOT,
                "Support messages, held back, three tones: accuracy %.3f, macro-F1 %.3f%n",
                accuracy,
                macro);
        assertThat(macro).isGreaterThan(0.70);
    }

    private static int tone(Message message) {
        Tone tone = Sentiment.read(message.text(), null);
        double glad = tone.score() + tone.upset();
        return tone.isUpset() && tone.upset() >= glad ? 0 : glad >= 0.5 ? 2 : 1;
    }

    private static List<Measured.Said> said(List<Message> messages) {
        return messages.stream()
                .map(message ->
                        new Measured.Said(Sentiment.read(message.text(), null).upset(), message.upset()))
                .toList();
    }

    private static List<Message> messages() throws IOException {
        List<Message> messages = new ArrayList<>();
        try (Reader reader = SharedData.open("support-messages/senti4sd.csv.gz");
                CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(reader)) {
            for (NamedCsvRecord row : rows) {
                messages.add(new Message(row.getField("Polarity"), row.getField("Text")));
            }
        }
        assertThat(messages).hasSize(3097);
        return messages;
    }
}
