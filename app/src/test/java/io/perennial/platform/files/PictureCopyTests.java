package io.perennial.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture is its points, and nothing else that somebody put into its file. */
class PictureCopyTests {

    private static final String SECRET = "GPS 59.91 10.75 of Ana <script>alert(1)</script>";

    /** 60 wide, 40 high, red where it begins, blue where it ends. */
    private static BufferedImage flag(int type) {
        BufferedImage image = new BufferedImage(60, 40, type);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, 30, 20);
        pen.setColor(Color.BLUE);
        pen.fillRect(30, 20, 30, 20);
        pen.dispose();
        return image;
    }

    private static byte[] file(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /** With an Exif part that says how the camera was held, and a comment. */
    static byte[] photograph(int orientation) throws IOException {
        byte[] plain = file(flag(BufferedImage.TYPE_INT_RGB), "jpeg");
        byte[] exif = ByteBuffer.allocate(32)
                .put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(plain, 0, 2);
        part(bytes, 0xe1, exif);
        part(bytes, 0xfe, SECRET.getBytes(StandardCharsets.US_ASCII));
        bytes.write(plain, 2, plain.length - 2);
        return bytes.toByteArray();
    }

    private static void part(ByteArrayOutputStream bytes, int mark, byte[] content) {
        bytes.write(0xff);
        bytes.write(mark);
        bytes.write((content.length + 2) >> 8);
        bytes.write(content.length + 2);
        bytes.writeBytes(content);
    }

    private static byte[] chunk(String name, byte[] content) {
        byte[] named = ByteBuffer.allocate(4 + content.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        CRC32 sum = new CRC32();
        sum.update(named);
        return ByteBuffer.allocate(8 + named.length)
                .putInt(content.length)
                .put(named)
                .putInt((int) sum.getValue())
                .array();
    }

    private static BufferedImage read(PictureCopy.Copy copy) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(copy.content()));
    }

    private static PictureCopy.Copy copy(String type, byte[] content) throws IOException {
        return PictureCopy.of(type, content).orElseThrow();
    }

    private static boolean holds(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    @Test
    void whatWasWrittenIntoAPhotographIsGoneAndThePictureStays() throws IOException {
        byte[] photograph = photograph(1);
        assertThat(holds(photograph, SECRET)).isTrue();

        PictureCopy.Copy copy = copy("image/jpeg", photograph);

        assertThat(copy.type()).isEqualTo("image/jpeg");
        assertThat(holds(copy.content(), "Exif") || holds(copy.content(), "GPS"))
                .isFalse();
        assertThat(read(copy).getWidth()).isEqualTo(60);
        assertThat(new Color(read(copy).getRGB(10, 10)).getRed()).isGreaterThan(240);
    }

    @Test
    void textsInAPngAndWhatFollowsItsEndAreGone() throws IOException {
        byte[] plain = file(flag(BufferedImage.TYPE_INT_ARGB), "png");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(plain, 0, 33);
        bytes.writeBytes(chunk("tEXt", ("Comment\0" + SECRET).getBytes(StandardCharsets.US_ASCII)));
        bytes.write(plain, 33, plain.length - 33);
        bytes.writeBytes("PK\u0003\u0004 a program".getBytes(StandardCharsets.US_ASCII));

        PictureCopy.Copy copy = copy("image/png", bytes.toByteArray());

        assertThat(holds(copy.content(), "GPS") || holds(copy.content(), "a program"))
                .isFalse();
        assertThat(read(copy).getRGB(10, 10)).isEqualTo(Color.RED.getRGB());
        assertThat(read(copy).getRGB(50, 10) >>> 24)
                .as("what was clear stays clear")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 60, 40, 10, 10", "2, 60, 40, 50, 10", "3, 60, 40, 50, 30", "4, 60, 40, 10, 30",
        "5, 40, 60, 10, 10", "6, 40, 60, 30, 10", "7, 40, 60, 30, 50", "8, 40, 60, 10, 50"
    })
    void aPhotographStandsAsTheCameraWasHeld(int orientation, int width, int height, int x, int y) throws IOException {
        BufferedImage upright = read(copy("image/jpeg", photograph(orientation)));

        assertThat(upright.getWidth()).isEqualTo(width);
        assertThat(upright.getHeight()).isEqualTo(height);
        assertThat(new Color(upright.getRGB(x, y)).getRed())
                .as("where the red corner is")
                .isGreaterThan(240);
        assertThat(new Color(upright.getRGB(x, y)).getBlue()).isLessThan(30);
    }

    @Test
    void aPictureOfOneFrameIsShownAndAMovingOneIsNot() throws IOException {
        assertThat(copy("image/gif", file(flag(BufferedImage.TYPE_BYTE_INDEXED), "gif"))
                        .type())
                .isEqualTo("image/png");
        assertThat(PictureCopy.of("image/gif", moving())).isEmpty();
        assertThat(PictureCopy.isPromising("image/gif", new ByteArrayInputStream(moving())))
                .isFalse();
    }

    private static byte[] moving() throws IOException {
        BufferedImage frame = flag(BufferedImage.TYPE_BYTE_INDEXED);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < 3; i++) {
                writer.writeToSequence(
                        new IIOImage(
                                frame,
                                null,
                                writer.getDefaultImageMetadata(
                                        ImageTypeSpecifier.createFromRenderedImage(frame), null)),
                        null);
            }
            writer.endWriteSequence();
        }
        return bytes.toByteArray();
    }

    /** Says that it is huge, and has next to nothing in it. */
    static byte[] bomb(int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        bytes.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 6, 0, 0, 0})
                        .array()));
        java.util.zip.Deflater packer = new java.util.zip.Deflater(9);
        packer.setInput(new byte[1_000_000]);
        packer.finish();
        byte[] packed = new byte[4_000];
        bytes.writeBytes(chunk("IDAT", Arrays.copyOf(packed, packer.deflate(packed))));
        packer.end();
        bytes.writeBytes(chunk("IEND", new byte[0]));
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"60000, 60000", "20001, 1", "1, 2147483647", "6000, 6000"})
    void aSmallFileThatUnfoldsToAHugePictureIsLeftAlone(int width, int height) throws IOException {
        byte[] bomb = bomb(width, height);
        assertThat(bomb.length).isLessThan(5_000);

        assertThat(PictureCopy.isPromising("image/png", new ByteArrayInputStream(bomb)))
                .isFalse();
        assertThat(PictureCopy.of("image/png", bomb)).isEmpty();
    }

    @Test
    void aLargePhotographIsMadeSmaller() throws IOException {
        byte[] large = file(new BufferedImage(5_000, 4_000, BufferedImage.TYPE_BYTE_GRAY), "png");

        BufferedImage copy = read(copy("image/png", large));

        assertThat((long) copy.getWidth() * copy.getHeight()).isLessThanOrEqualTo(PictureCopy.MOST_POINTS);
        assertThat(copy.getWidth() * 4).isEqualTo(copy.getHeight() * 5);
    }

    @Test
    void whatOnlyBeginsLikeAPictureIsNone() throws IOException {
        Random random = new Random(4);
        byte[] whole = file(flag(BufferedImage.TYPE_INT_RGB), "png");
        for (int length = 0; length < whole.length / 2; length += 7) {
            assertThat(PictureCopy.of("image/png", Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        for (int i = 0; i < 300; i++) {
            byte[] broken = i % 2 == 0 ? photograph(6) : whole.clone();
            for (int change = 0; change < 20; change++) {
                broken[8 + random.nextInt(broken.length - 8)] = (byte) random.nextInt();
            }
            String type = i % 2 == 0 ? "image/jpeg" : "image/png";
            assertThatCode(() -> PictureCopy.of(type, broken))
                    .as("either it can be read, or it is none")
                    .doesNotThrowAnyException();
        }
        assertThat(PictureCopy.of(
                        "image/gif", "GIF89a/*<script>alert(1)</script>*/".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(PictureCopy.of("image/webp", new byte[100])).isEmpty();
        assertThat(PictureCopy.of("image/svg+xml", "<svg/>".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }
}
