package io.perennial.platform.files;

import java.awt.geom.AffineTransform;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** How a camera was held, which a JPEG says in its Exif part: 1 upright, 3 upside down, 6 and 8 lying, the others mirrored. */
final class Orientation {

    static final int UPRIGHT = 1;

    private static final int EXIF_PART = 0xe1;
    private static final int PICTURE_BEGINS = 0xda;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG = 0x0112;

    private Orientation() {}

    /** Upright where nothing is said, or nothing that makes sense. */
    static int of(byte[] jpeg) {
        try {
            ByteBuffer file = ByteBuffer.wrap(jpeg);
            int at = 2;
            while (at + 4 <= jpeg.length && (file.get(at) & 0xff) == 0xff) {
                int part = file.get(at + 1) & 0xff;
                int length = file.getShort(at + 2) & 0xffff;
                if (part == PICTURE_BEGINS) {
                    return UPRIGHT;
                }
                if (part == EXIF_PART && isExif(jpeg, at + 4)) {
                    return said(ByteBuffer.wrap(jpeg, at + 10, Math.min(length - 8, jpeg.length - at - 10))
                            .slice());
                }
                at += 2 + length;
            }
            return UPRIGHT;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException broken) {
            return UPRIGHT;
        }
    }

    private static boolean isExif(byte[] jpeg, int at) {
        for (int i = 0; i < EXIF.length; i++) {
            if (jpeg[at + i] != EXIF[i]) {
                return false;
            }
        }
        return true;
    }

    /** The first directory of a TIFF head: entries of twelve bytes. */
    private static int said(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xffff) == TAG) {
                int value = tiff.getShort(entry + 8) & 0xffff;
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Whether width and height change places. */
    static boolean isLying(int orientation) {
        return orientation >= 5;
    }

    /** From the points of the file to the picture as people see it. */
    static AffineTransform turn(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
