package io.perennial.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.shared.Actor;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import io.perennial.world.Vouched;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files of strangers are kept whole, handed to those who may have them, and never run. */
@PerennialTest
class FilesTests {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};

    @Autowired
    Files files;

    @Autowired
    Vouched vouched;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 5_000_000})
    void whatComesInGoesOut(int length) throws Exception {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);

        StoredFile stored = store("a.bin", content);

        try (InputStream out = files.open(stored.id())) {
            assertThat(out.readAllBytes()).isEqualTo(content);
        }
        assertThat(stored.bytes()).isEqualTo(length);
        assertThat(stored.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        assertThat(files.find(stored.id())).contains(stored);
    }

    @Test
    void aFileThatIsTooLargeLeavesNothing() {
        assertThatThrownBy(() -> files.store(
                        "film.mov", new ByteArrayInputStream(new byte[2_000_000]), 1024 * 1024, Actor.SYSTEM))
                .isInstanceOf(FileTooLarge.class)
                .hasMessage("The file film.mov is larger than 1 MB and was not taken.");
        assertThat(database.sql("select (select count(*) from platform.file) + (select count(*) from"
                                + " platform.file_piece)")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aFileIsSeenByThoseItsModuleNamesAndByNobodyElse() throws IOException {
        StoredFile file = store("plan.pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
        Visitor ana = people.csm("Ana Reyes");
        assertThat(ana.get("/files/" + file.id()).statusCode()).isEqualTo(404);
        vouched.files().add(file.id());
        assertThat(ana.get("/files/" + file.id()).statusCode()).isEqualTo(404);
        vouched.members().add(ana.id());

        assertThat(ana.get("/files/" + file.id()).body()).isEqualTo("%PDF-1.7");
        assertThat(people.admin().get("/files/" + file.id()).statusCode()).isEqualTo(404);
        assertThat(people.stranger().get("/files/" + file.id()).statusCode()).isNotEqualTo(200);
    }

    @Test
    void nothingOfAFileRuns() throws IOException {
        Visitor ana = people.csm("Ana Reyes");
        vouched.members().add(ana.id());
        for (String content :
                new String[] {"<script>alert(1)</script>", "<svg onload='alert(1)'/>", "GIF89a=1;alert(1)"}) {
            StoredFile file = store("logo.png", content.getBytes(StandardCharsets.US_ASCII));
            vouched.files().add(file.id());
            HttpResponse<String> answer = ana.get("/files/" + file.id());

            assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
            assertThat(header(answer, "Content-Disposition")).startsWith("attachment");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'", "sandbox");
        }
        StoredFile svg = store("logo.png", "<svg onload='alert(1)'/>".getBytes(StandardCharsets.US_ASCII));
        StoredFile png = store("logo.svg", png());
        StoredFile broken = store("broken.png", PNG);
        vouched.files().add(broken.id());
        vouched.files().add(svg.id());
        vouched.files().add(png.id());
        assertThat(ana.get("/files/" + svg.id() + "/picture").statusCode()).isEqualTo(404);
        for (int again = 0; again < 2; again++) {
            assertThat(ana.get("/files/" + broken.id() + "/picture").statusCode())
                    .as("never shown")
                    .isEqualTo(404);
        }
        assertThat(ana.get("/files/" + broken.id()).statusCode())
                .as("but saved")
                .isEqualTo(200);
        HttpResponse<String> picture = ana.get("/files/" + png.id() + "/picture");
        assertThat(header(picture, "Content-Type")).isEqualTo("image/png");
        assertThat(header(picture, "Content-Disposition")).startsWith("inline");
        assertThat(header(picture, "Content-Security-Policy")).contains("sandbox");
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd,passwd",
        "C:\\temp\\a.txt,a.txt",
        "a\u202Egpj.exe,agpj.exe",
        "'a\r\nSet-Cookie: x.txt',aSet-Cookie x.txt",
        "'...',file",
        "'',file",
        ".htaccess,htaccess",
        "'a.exe. . ',a.exe",
        "Übersicht 例え.pdf,Übersicht 例え.pdf",
    })
    void namesBecomeHarmless(String given, String kept) throws IOException {
        assertThat(store(given, new byte[1]).name()).isEqualTo(kept);
    }

    @Test
    void aLongNameKeepsItsEnding() throws IOException {
        assertThat(store("x".repeat(5_000) + ".pdf", new byte[1]).name())
                .hasSize(200)
                .endsWith("x.pdf");
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    private StoredFile store(String name, byte[] content) throws IOException {
        return files.store(name, new ByteArrayInputStream(content), FileLimits.MOST_BYTES, Actor.SYSTEM);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
