package io.perennial.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Texts that prove something: a prefix, 43 random characters, an underscore and 6 characters of checksum. The prefix lets
 * scanners find texts that leaked; the checksum refuses typing errors and inventions without asking the database.
 */
public final class SecretText {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /** 43 characters of 62 carry 256 bits. */
    private static final int RANDOM = 43;

    private static final int CHECKSUM = 6;
    private static final int SHOWN = 4;
    private static final SecureRandom DICE = new SecureRandom();

    private final String prefix;
    private final int length;

    public SecretText(String prefix) {
        this.prefix = prefix;
        this.length = prefix.length() + RANDOM + 1 + CHECKSUM;
    }

    public String fresh() {
        StringBuilder text = new StringBuilder(prefix);
        for (int i = 0; i < RANDOM; i++) {
            text.append(ALPHABET.charAt(DICE.nextInt(ALPHABET.length())));
        }
        return text + "_" + checksum(text.toString());
    }

    public boolean isWellFormed(String text) {
        if (text.length() != length || !text.startsWith(prefix)) {
            return false;
        }
        int underscore = length - CHECKSUM - 1;
        return text.charAt(underscore) == '_'
                && text.substring(underscore + 1).equals(checksum(text.substring(0, underscore)));
    }

    /** SHA-256: enough for texts that nobody can guess, and the only form that is stored. */
    public static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@link #hash} for columns of text: 64 hexadecimal digits. */
    public static String hashAsText(String text) {
        return HexFormat.of().formatHex(hash(text));
    }

    /** The first characters, enough to tell texts apart in a list. */
    public String shown(String text) {
        return text.substring(0, prefix.length() + SHOWN);
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
