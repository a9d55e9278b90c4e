package io.perennial.mail;

import io.perennial.mail.out.LetterStore;
import io.perennial.platform.records.SigningKeys;
import io.perennial.platform.web.PublicAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * The link in each letter by which its reader says no to more of them. It carries the letter and our signature of it: nobody can make
 * one up, none has to be stored for a hundred thousand letters, and it is good for as long as the letter is known.
 */
@Component
public class UnsubscribeLinks {

    /** The page behind the link; a module that knows readers answers there. */
    public static final String PATH = "/unsubscribe/";

    private static final String KEY = "unsubscribe";
    private static final int ID_BYTES = 16;
    private static final int SIGNATURE_BYTES = 16;
    private static final int LONGEST = 60;

    private final SigningKeys keys;
    private final LetterStore letters;
    private final PublicAddress address;

    UnsubscribeLinks(SigningKeys keys, LetterStore letters, PublicAddress address) {
        this.keys = keys;
        this.letters = letters;
        this.address = address;
    }

    /** The secret part of the link of this letter. */
    public String token(UUID letter) {
        byte[] id = bytes(letter);
        byte[] all = Arrays.copyOf(id, ID_BYTES + SIGNATURE_BYTES);
        System.arraycopy(signature(id), 0, all, ID_BYTES, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The whole link; empty while nobody said where this house is reached from outside. */
    public Optional<String> link(UUID letter) {
        return address.isKnown() ? address.of(PATH + token(letter)) : Optional.empty();
    }

    /** The letter whose link it is, with its reader. Empty when we did not make it. */
    public Optional<LetterPreference.Addressed> letter(String token) {
        byte[] all;
        try {
            all = token.length() > LONGEST
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException nonsense) {
            return Optional.empty();
        }
        if (all.length != ID_BYTES + SIGNATURE_BYTES) {
            return Optional.empty();
        }
        byte[] id = Arrays.copyOf(all, ID_BYTES);
        byte[] said = Arrays.copyOfRange(all, ID_BYTES, all.length);
        if (!MessageDigest.isEqual(said, Arrays.copyOf(signature(id), SIGNATURE_BYTES))) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(id);
        return letters.addressed(new UUID(read.getLong(), read.getLong()));
    }

    private byte[] signature(byte[] id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.key(KEY), "HmacSHA256"));
            return mac.doFinal(id);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
