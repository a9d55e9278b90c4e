package io.perennial.mail.in;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.IncomingLetter.Kind;
import io.perennial.mail.MailSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Letters as real programs, careless ones and hostile ones write them. */
class MimeReaderTests {

    private static final MailSettings SETTINGS = new Binder(new MapConfigurationPropertySource(
                    Map.of("perennial.mail.trusted-server", "mx.lumenworks.example")))
            .bindOrCreate("perennial.mail", MailSettings.class);

    @TempDir
    Path directory;

    @Test
    void anEmptyLetterAndOneOfNoiseAreLetters() throws Exception {
        assertThat(read("").text()).isEmpty();
        assertThat(read("").messageId()).endsWith("@missing.invalid>");
        assertThat(read("\u0000\u0001\u0002 not a letter at all").from()).isEmpty();
    }

    @Test
    void theSameBytesAreTheSameLetterAndABorrowedIdentityIsNot() throws Exception {
        assertThat(read("Subject: a\n\nx").identity())
                .isEqualTo(read("Subject: a\n\nx").identity());
        String first = "Message-ID: <1@x.example>\nFrom: a@x.example\nSubject: a\n\nx";
        assertThat(read(first).identity())
                .isEqualTo(read("Received: by another way\n" + first).identity())
                .isNotEqualTo(read(first.replace("a@x", "b@x")).identity());
    }

    @ParameterizedTest
    @CsvSource({"iso-8859-15,Grüße für 5 €", "windows-1251,Добрый день", "shift_jis,例え", "koi8-r,Привет", "gb2312,你好"})
    void wordsAreReadInTheirOwnAlphabet(String charset, String words) throws Exception {
        byte[] head = ("Content-Type: text/plain; charset=" + charset + "\n\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(read(join(head, words.getBytes(Charset.forName(charset)))).text())
                .isEqualTo(words);
    }

    @Test
    void aWrongOrUnknownAlphabetIsGuessed() throws Exception {
        byte[] utf8 = "Grüße".getBytes(StandardCharsets.UTF_8);
        byte[] latin = "Grüße".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(join(head("x-made-up"), utf8)).text()).isEqualTo("Grüße");
        assertThat(read(join(head("us-ascii"), utf8)).text()).isEqualTo("Grüße");
        assertThat(read(join(head("us-ascii"), latin)).text()).isEqualTo("Grüße");
        assertThat(read(join(head("utf-8"), latin)).text()).isEqualTo("Grüße");
    }

    @Test
    void headsAreDecodedAndNeverBreakLines() throws Exception {
        Read letter = read("""
            From: =?utf-8?Q?J=C3=B8rgen_=0D=0AX-Evil=3A_1?= <J@X.example>
            To: undisclosed-recipients:;
            Cc: "Doe, Jane" <jane@x.example>, broken@@x, (comment) bob@x.example
            Subject: =?utf-8?B?R3LDvMOfZQ==?= =?iso-8859-1?Q?_f=FCr_alle?=
             folded

            x\
            """);
        assertThat(letter.fromName()).isEqualTo("Jørgen X-Evil: 1");
        assertThat(letter.from()).isEqualTo("j@x.example");
        assertThat(letter.to()).isEmpty();
        assertThat(letter.cc()).contains("jane@x.example", "bob@x.example");
        assertThat(letter.subject()).isEqualTo("Grüße für alle folded");
    }

    @Test
    void htmlIsMadeHarmlessAndItsWordsAreRead() throws Exception {
        Read letter = read("""
            Content-Type: text/html; charset=utf-8

            <html><head><style>p{color:red}</style><script>alert(1)</script></head><body onload="x()">
            <p style="background:url(http://spy.example/a)">Hello <b>there</b></p>
            <img src="http://spy.example/pixel.gif" alt="Logo"><img src="cid:pic@x" onerror="x()">
            <a href="javascript:alert(1)">one</a> <a href="https://ok.example/">two</a>
            <svg onload="alert(1)"></svg><iframe src="https://evil.example"></iframe><form action="/x"><input></form>
            <meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example">
            </body></html>\
            """);
        assertThat(letter.text()).startsWith("Hello there").contains("two").doesNotContain("alert");
        assertThat(letter.html())
                .contains("<b>there</b>", "cid:pic@x", "Logo", "href=\"https://ok.example/\"", "nofollow")
                .doesNotContainIgnoringCase("script")
                .doesNotContain("spy.example", "onerror", "onload", "style", "iframe", "evil.example", "<form", "svg");
    }

    @Test
    void picturesOfTheLetterItselfAreShownAndOthersAreTheirWords() {
        assertThat(SafeHtml.withPictures(
                        "<img src=\"cid:a\" alt=\"A\"><img src=\"cid:b\" alt=\"B\">", Map.of("a", "/files/1/picture")))
                .contains("src=\"/files/1/picture\"")
                .doesNotContain("cid:")
                .endsWith("B");
    }

    @Test
    void partsInPartsInPartsEndSomewhere() throws Exception {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        deep.append("Content-Type: text/plain\n\ndeep");
        assertThat(read(deep.toString()).files()).hasSizeLessThan(2);

        StringBuilder many = new StringBuilder("Content-Type: multipart/mixed; boundary=b\n\n");
        for (int i = 0; i < 5_000; i++) {
            many.append("--b\nContent-Type: image/png; name=a.png\n\nx\n");
        }
        assertThat(read(many.toString()).files()).hasSizeLessThan(301);
    }

    @Test
    void aBrokenPartCostsThePartAndNotTheLetter() throws Exception {
        Read letter = read("""
            Subject: broken
            Content-Type: multipart/mixed; boundary="b"

            --b
            Content-Type: text/plain

            still here
            --b
            Content-Type: application/pdf; name="a
            Content-Transfer-Encoding: x-unheard-of

            %PDF
            --b
            Content-Type: ;;;
            Content-Transfer-Encoding: base64

            !!!!not base64!!!!
            """);
        assertThat(letter.text()).isEqualTo("still here");
        assertThat(letter.files()).isNotEmpty();
        for (Read.ReadFile file : letter.files()) {
            try (InputStream content = file.content().open()) {
                assertThat(content.readAllBytes()).isNotNull();
            }
        }
    }

    @Test
    void filesKeepTheirNamesHoweverTheyAreWritten() throws Exception {
        Read letter = read("""
            Content-Type: multipart/mixed; boundary="b"

            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*=UTF-8''%C3%9Cbersicht%20%E2%82%AC.pdf

            x
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*0="a very long "; filename*1="name.pdf"

            x
            --b
            Content-Type: application/pdf; name="=?utf-8?B?w5xiZXJzaWNodC5wZGY=?="

            x
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="..\\..\\etc/passwd"

            x
            --b
            Content-Type: message/rfc822

            Subject: The one before
            From: bob@x.example

            inside
            --b--
            """);
        assertThat(letter.files())
                .extracting(Read.ReadFile::name)
                .startsWith("Übersicht €.pdf", "a very long name.pdf", "Übersicht.pdf")
                .endsWith("The one before.eml");
        assertThat(letter.text()).as("what was forwarded is a file").isEmpty();
    }

    @Test
    void whatOutlookPacksIsUnpacked() throws Exception {
        byte[] tnef = tnef("report.txt", "hello".getBytes(StandardCharsets.US_ASCII));
        String letter = """
            Content-Type: multipart/mixed; boundary="b"

            --b
            Content-Type: text/plain

            see there
            --b
            Content-Type: application/ms-tnef; name="winmail.dat"
            Content-Transfer-Encoding: base64

            %s
            --b--
            """;
        Read read = read(letter.formatted(Base64.getMimeEncoder().encodeToString(tnef)));
        assertThat(read.files())
                .singleElement()
                .satisfies(file -> assertThat(file.name()).isEqualTo("report.txt"));
        try (InputStream content = read.files().getFirst().content().open()) {
            assertThat(content.readAllBytes()).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(Tnef.files(Arrays.copyOf(tnef, tnef.length - 4))).hasSizeLessThan(2);
        assertThat(Tnef.files(new byte[] {0x78, (byte) 0x9f, 0x3e, 0x22, 0, 0, 1, 2, 3, 4, 5, -1, -1, -1, 127}))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Subject: Export fails | PERSON",
                "Auto-Submitted: no | PERSON",
                "Auto-Submitted: auto-replied | AUTO_REPLY",
                "Auto-Submitted: auto-generated; x=1 | AUTO_REPLY",
                "X-Autoreply: yes | AUTO_REPLY",
                "Precedence: auto_reply | AUTO_REPLY",
                "Subject: Automatic reply: Export fails | AUTO_REPLY",
                "Subject: =?utf-8?Q?Abwesenheitsnotiz:_Gr=C3=BC=C3=9Fe?= | AUTO_REPLY",
                "Return-Path: <> | AUTO_REPLY",
                "Precedence: bulk | LIST",
                "List-Id: <news.x.example> | LIST",
                "Content-Type: multipart/report; report-type=disposition-notification; boundary=b | AUTO_REPLY",
            })
    void machinesAreToldFromPeople(String header, Kind kind) throws Exception {
        assertThat(read("From: a@x.example\n" + header + "\n\nx").kind()).isEqualTo(kind);
    }

    @Test
    void aComplaintWithoutAReportIsABounceOfTheLetterItNames() throws Exception {
        Read letter = read("""
            From: Mail Delivery System <mailer-daemon@x.example>
            Return-Path: <>
            X-Failed-Recipients: ana@x.example
            In-Reply-To: <ours@lumenworks.example>
            Subject: Mail delivery failed

            sorry\
            """);
        assertThat(letter.kind()).isEqualTo(Kind.BOUNCE);
        assertThat(letter.failure())
                .isEqualTo(new Read.Failure("ana@x.example", "<ours@lumenworks.example>", "Mail delivery failed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mx.lumenworks.example; dkim=pass header.d=x.example | true",
                "mx.lumenworks.example; dkim=pass header.d=evil.example | false",
                "mx.lumenworks.example; dkim=fail header.d=x.example | false",
                "mx.lumenworks.example; spf=pass smtp.mailfrom=bounce@x.example | true",
                "mx.lumenworks.example; spf=pass smtp.mailfrom=x.example.evil.example | false",
                "mx.lumenworks.example; dmarc=pass header.from=x.example | true",
                "mx.evil.example; dmarc=pass header.from=x.example | false",
            })
    void onlyTheWordOfOurOwnServerVerifiesASender(String result, boolean verified) throws Exception {
        assertThat(read("Authentication-Results: " + result + "\nFrom: a@x.example\n\nx")
                        .senderVerified())
                .isEqualTo(verified);
        assertThat(read("Authentication-Results: mx.other.example; none\nAuthentication-Results: " + result
                                + "\nFrom: a@x.example\n\nx")
                        .senderVerified())
                .as("somebody wrote it further down")
                .isFalse();
    }

    @Test
    void aLongLineOfNothingTakesNoTime() throws Exception {
        for (String hostile : List.of(
                "Subject: " + "a ".repeat(200_000) + "\n\n" + "On ".repeat(100_000) + "\n" + "> ".repeat(100_000),
                "References: " + "<".repeat(500_000) + "\n\nx",
                "References: " + "<a@b> ".repeat(100_000) + "\n\nx",
                "Content-Type: text/html\n\n" + "<div>".repeat(100_000),
                "Content-Type: text/html\n\n" + "<p>a</p>".repeat(50_000),
                "Content-Type: text/html\n\n" + "<p>".repeat(200_000),
                "Content-Type: text/html\n\n" + "<table><tr><td>".repeat(30_000),
                "Content-Type: text/html\n\n" + "<a><b><i>".repeat(400_000),
                "Content-Type: text/html\n\n" + "<".repeat(800_000),
                "Content-Type: text/html\n\n" + "<td><tr><p>".repeat(50_000),
                "Content-Type: text/html\n\n<i " + "a=b ".repeat(200_000) + ">",
                "From: " + "a,".repeat(200_000) + "\n\nx",
                "From: " + "a@".repeat(200_000) + "\n\nx",
                "Content-Type: text/plain; " + "a=b; ".repeat(50_000) + "\n\nx",
                "Authentication-Results: mx.lumenworks.example; " + "dkim=pass ".repeat(50_000)
                        + "\nFrom: a@b.c\n\nx")) {
            long before = System.nanoTime();
            read(hostile);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as(hostile.substring(0, 60))
                    .isLessThan(Duration.ofSeconds(15));
        }
    }

    private Read read(String letter) throws Exception {
        return read(letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Read with the file still there, as files are opened later. */
    private Read read(byte[] letter) throws Exception {
        Path file = Files.createTempFile(directory, "letter", ".eml");
        Files.write(file, letter);
        return new MimeReader(SETTINGS).read(file, null).read();
    }

    private static byte[] head(String charset) {
        return ("Content-Type: text/plain; charset=" + charset + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[] one, byte[] other) throws IOException {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private static byte[] tnef(String name, byte[] content) {
        ByteBuffer out = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x223E9F78).putShort((short) 1);
        for (Map.Entry<Integer, byte[]> attribute : List.of(
                Map.entry(0x00069002, new byte[14]),
                Map.entry(0x00018010, (name + "\u0000").getBytes(StandardCharsets.US_ASCII)),
                Map.entry(0x0006800F, content))) {
            out.put((byte) 2)
                    .putInt(attribute.getKey())
                    .putInt(attribute.getValue().length)
                    .put(attribute.getValue())
                    .putShort((short) 0);
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
