package io.perennial.identity.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * The text of a key: {@code pk_live_<43 random characters>_<6 characters of checksum>}. The prefix lets scanners find
 * keys that leaked; the checksum refuses typing errors and inventions without asking the database.
 */
public final class KeyText {

    public static final String PREFIX = "pk_live_";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /** 43 characters of 62 carry 256 bits. */
    private static final int RANDOM = 43;

    private static final int CHECKSUM = 6;
    private static final int LENGTH = PREFIX.length() + RANDOM + 1 + CHECKSUM;
    private static final int SHOWN = PREFIX.length() + 4;
    private static final SecureRandom DICE = new SecureRandom();

    private KeyText() {}

    public static String fresh() {
        StringBuilder text = new StringBuilder(PREFIX);
        for (int i = 0; i < RANDOM; i++) {
            text.append(ALPHABET.charAt(DICE.nextInt(ALPHABET.length())));
        }
        return text + "_" + checksum(text.toString());
    }

    static boolean isWellFormed(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return false;
        }
        int underscore = LENGTH - CHECKSUM - 1;
        return text.charAt(underscore) == '_'
                && text.substring(underscore + 1).equals(checksum(text.substring(0, underscore)));
    }

    public static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first characters, enough to tell keys apart in a list. */
    public static String shown(String text) {
        return text.substring(0, SHOWN);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        char[] digits = new char[CHECKSUM];
        for (int i = CHECKSUM - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }
}
