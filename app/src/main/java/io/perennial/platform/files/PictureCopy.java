package io.perennial.platform.files;

import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a picture anew from its points: what else stood in the file, such as where a photograph was taken or a program that
 * hides behind it, does not come along. PNG, JPEG, and GIF of one frame, with bounds on what a small file may unfold to.
 */
final class PictureCopy {

    /** Beyond, a picture is left alone: a file of some kilobytes can claim any size. */
    static final long MOST_SOURCE_POINTS = 25_000_000;

    static final int LONGEST_SIDE = 20_000;

    /** Larger pictures are made smaller. At four bytes each this is what one may cost in memory. */
    static final long MOST_POINTS = 12_500_000;

    private static final float QUALITY = .9f;
    private static final Map<String, String> FORMATS =
            Map.of("image/png", "png", "image/jpeg", "jpeg", "image/gif", "gif");

    private PictureCopy() {}

    /** @param type {@code image/png} or {@code image/jpeg} */
    record Copy(String type, byte[] content) {}

    static boolean isKnown(String type) {
        return FORMATS.containsKey(type);
    }

    /** Whether its head says that a copy can be made; cheap. */
    static boolean isPromising(String type, InputStream content) throws IOException {
        if (!isKnown(type)) {
            return false;
        }
        return reading(type, content, PictureCopy::fits).orElse(false);
    }

    /** Empty when it cannot be read, is too large, or moves. */
    static Optional<Copy> of(String type, byte[] content) throws IOException {
        if (!isKnown(type)) {
            return Optional.empty();
        }
        int orientation = type.equals("image/jpeg") ? Orientation.of(content) : Orientation.UPRIGHT;
        return reading(type, new ByteArrayInputStream(content), reader -> {
            if (!fits(reader)) {
                return null;
            }
            ImageReadParam how = reader.getDefaultReadParam();
            long points = (long) reader.getWidth(0) * reader.getHeight(0);
            int step = (int) Math.ceil(Math.sqrt((double) points / MOST_POINTS));
            if (step > 1) {
                how.setSourceSubsampling(step, step, 0, 0);
            }
            BufferedImage picture = upright(reader.read(0, how), orientation);
            return type.equals("image/jpeg") && !picture.getColorModel().hasAlpha()
                    ? new Copy("image/jpeg", written(picture, "jpeg"))
                    : new Copy("image/png", written(picture, "png"));
        });
    }

    private interface Reading<T> {
        @Nullable
        T from(ImageReader reader) throws IOException;
    }

    /** Whatever a decoder throws at a broken file means that it cannot be read. */
    private static <T> Optional<T> reading(String type, InputStream content, Reading<T> reading) throws IOException {
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(FORMATS.get(type)).next();
        try (ImageInputStream input = new MemoryCacheImageInputStream(content)) {
            // Frames of a GIF are counted, which goes to its end and back.
            reader.setInput(input, !type.equals("image/gif"), true);
            return Optional.ofNullable(reading.from(reader));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        } finally {
            reader.dispose();
        }
    }

    private static boolean fits(ImageReader reader) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        boolean still = !reader.getFormatName().equalsIgnoreCase("gif") || reader.getNumImages(true) == 1;
        return still && Math.max(width, height) <= LONGEST_SIDE && width * height <= MOST_SOURCE_POINTS;
    }

    /** As people see it, in ordinary colours: how a camera was held and which colours it means is said in what is left out. */
    private static BufferedImage upright(BufferedImage read, int orientation) {
        ColorSpace colours = read.getColorModel().getColorSpace();
        boolean ordinary = colours.isCS_sRGB() || colours == ColorSpace.getInstance(ColorSpace.CS_GRAY);
        if (orientation == Orientation.UPRIGHT && ordinary) {
            return read;
        }
        AffineTransform turn = Orientation.turn(orientation, read.getWidth(), read.getHeight());
        boolean lying = Orientation.isLying(orientation);
        BufferedImage upright = new BufferedImage(
                lying ? read.getHeight() : read.getWidth(),
                lying ? read.getWidth() : read.getHeight(),
                read.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = upright.createGraphics();
        pen.drawImage(read, turn, null);
        pen.dispose();
        return upright;
    }

    private static byte[] written(BufferedImage picture, String format) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(QUALITY);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
