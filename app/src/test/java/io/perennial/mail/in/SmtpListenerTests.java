package io.perennial.mail.in;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.IncomingLetter;
import io.perennial.mail.MailStory;
import io.perennial.world.PerennialTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;

/** A mail server hands letters over to us, in a conversation written out byte by byte. */
@PerennialTest
class SmtpListenerTests extends MailStory {

    @Test
    void aLetterIsTakenForOurAddressAndAcknowledgedOnceItIsStored() throws Exception {
        try (Talk talk = new Talk()) {
            assertThat(talk.hello()).contains("SIZE 41943040").doesNotContain("STARTTLS");
            assertThat(talk.letter(letter("1@oslo-ferry.example", "Export fails", "It says 500.")))
                    .startsWith("250");
            assertThat(readers.offered()).extracting(IncomingLetter::subject).containsExactly("Export fails");
            assertThat(stored()).isEqualTo(1);

            assertThat(talk.letter(letter("1@oslo-ferry.example", "Export fails", "It says 500.")))
                    .as("handed over again after a lost answer")
                    .startsWith("250");
            assertThat(readers.offered()).hasSize(1);
        }
    }

    @Test
    void nothingIsPassedOnToAnybodyElse() throws Exception {
        try (Talk talk = new Talk()) {
            talk.hello();
            assertThat(talk.say("MAIL FROM:<a@x.example>")).startsWith("250");
            assertThat(talk.say("RCPT TO:<victim@elsewhere.example>")).startsWith("550");
            assertThat(talk.say("RCPT TO:<help%elsewhere.example@lumenworks.example>"))
                    .startsWith("550");
            assertThat(talk.say("RCPT TO:<@lumenworks.example:victim@elsewhere.example>"))
                    .startsWith("5");
            assertThat(talk.say("RCPT TO:<HELP+case-17@Lumenworks.example>")).startsWith("250");
        }
        assertThat(stored()).isZero();
    }

    @Test
    void oneLetterCannotSmuggleAnother() throws Exception {
        for (String end : new String[] {"\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n"}) {
            try (Talk talk = new Talk()) {
                talk.hello();
                talk.say("MAIL FROM:<a@x.example>");
                talk.say("RCPT TO:<" + HOUSE + ">");
                talk.say("DATA");
                talk.raw("Subject: one\r\nMessage-ID: <" + end.hashCode() + "@x.example>\r\n\r\nHello" + end
                        + "MAIL FROM:<evil@x.example>\r\nRCPT TO:<" + HOUSE
                        + ">\r\nDATA\r\nSubject: smuggled\r\n\r\nx\r\n.\r\n");
                assertThat(talk.answer()).startsWith("250");
            }
        }
        assertThat(readers.offered())
                .hasSize(4)
                .extracting(IncomingLetter::subject)
                .containsOnly("one");
    }

    @Test
    void aDatabaseInTroubleMeansTryAgainLater() throws Exception {
        readers.take(letter -> {
            throw new TransientDataAccessResourceException("busy");
        });
        try (Talk talk = new Talk()) {
            talk.hello();
            assertThat(talk.letter(letter("1@oslo-ferry.example", "Export fails", "x")))
                    .startsWith("451");
            assertThat(stored()).isZero();

            readers.take(letter -> true);
            assertThat(talk.letter(letter("1@oslo-ferry.example", "Export fails", "x")))
                    .startsWith("250");
            assertThat(stored()).isEqualTo(1);
        }
    }

    @Test
    void aLetterThatIsTooLargeIsRefusedWithItsLimit() throws Exception {
        try (Talk talk = new Talk()) {
            talk.hello();
            assertThat(talk.say("MAIL FROM:<a@x.example> SIZE=99999999")).startsWith("552");
        }
        try (Talk talk = new Talk()) {
            talk.hello();
            talk.say("MAIL FROM:<a@x.example>");
            talk.say("RCPT TO:<" + HOUSE + ">");
            talk.say("DATA");
            byte[] line = ("x".repeat(998) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            String answer = talk.flood(line, 60_000);
            assertThat(answer).startsWith("552");
            assertThat(talk.say("NOOP"))
                    .as("nothing of it was read as commands")
                    .startsWith("250");
        }
        assertThat(stored()).isZero();
    }

    private long stored() {
        return database.sql("select count(*) from mail.incoming")
                .query(Long.class)
                .single();
    }

    private static final class Talk implements AutoCloseable {

        private final Socket socket = new Socket("127.0.0.1", LISTENER);
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));

        Talk() throws IOException {
            socket.setSoTimeout(20_000);
            answer();
        }

        String hello() throws IOException {
            return say("EHLO mx.oslo-ferry.example");
        }

        String say(String line) throws IOException {
            raw(line + "\r\n");
            return answer();
        }

        String letter(String letter) throws IOException {
            say("MAIL FROM:<ana@oslo-ferry.example>");
            say("RCPT TO:<" + HOUSE + ">");
            say("DATA");
            raw(letter.replace("\n", "\r\n") + "\r\n.\r\n");
            return answer();
        }

        String flood(byte[] line, int lines) throws IOException {
            try {
                for (int i = 0; i < lines; i++) {
                    socket.getOutputStream().write(line);
                }
                raw("\r\n.\r\n");
            } catch (IOException closed) {
                // It has answered already.
            }
            return answer();
        }

        void raw(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** All lines of one answer. */
        String answer() throws IOException {
            StringBuilder answer = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answer.append(line).append('\n');
                if (line.length() < 4 || line.charAt(3) == ' ') {
                    break;
                }
            }
            return answer.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
