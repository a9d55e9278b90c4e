package io.perennial.identity.signin;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which passwords are accepted. Length counts, composition does not; what everybody tries first is refused. */
@Component
public class PasswordRules {

    public static final int SHORTEST = 12;
    public static final int LONGEST = 128;

    /** zxcvbn's scale: 0 and 1 are found within minutes by guessing. */
    private static final int GUESSABLE = 1;

    private final Zxcvbn guesser = new Zxcvbn();

    /** Why the password is refused, in one sentence that says what would do; empty when it is fine. */
    public Optional<String> objection(String password, String email, String name) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            return Optional.of("Use at least " + SHORTEST + " characters. Three or four unrelated words do well.");
        }
        if (length > LONGEST) {
            return Optional.of("Use at most " + LONGEST + " characters.");
        }
        if (password.isBlank()) {
            return Optional.of("Use more than spaces.");
        }
        if (password.strip().equalsIgnoreCase(email.strip())) {
            return Optional.of("Do not use your e-mail address as password.");
        }
        List<String> known = List.of(email.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), "perennial");
        if (guesser.measure(password, known).getScore() <= GUESSABLE) {
            return Optional.of(
                    "This password is among those that are tried first. Three or four unrelated words do well.");
        }
        return Optional.empty();
    }
}
