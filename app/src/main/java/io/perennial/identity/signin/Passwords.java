package io.perennial.identity.signin;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes and checks passwords with Argon2id at 19 MiB, 2 passes, 1 lane. Only a few hashings run at a time, so that a
 * burst of sign-ins cannot take the machine's memory and processors from everybody else.
 */
@Component
public class Passwords {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 5;

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** Compared against when the member is unknown, so that the answer takes the same time. */
    private final String nobodys = argon2.encode("nobody has this password");

    /** @throws TooBusy when no turn came within five seconds */
    public String hash(String password) {
        return inTurn(() -> String.valueOf(argon2.encode(password)));
    }

    /**
     * @param hash null when there is no such member or they have no password; costs the same time and answers false
     * @throws TooBusy when no turn came within five seconds
     */
    public boolean matches(String password, @Nullable String hash) {
        boolean same = inTurn(() -> argon2.matches(password, hash == null ? nobodys : hash));
        return same && hash != null;
    }

    private <T> T inTurn(Supplier<T> hashing) {
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new TooBusy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooBusy();
        }
        try {
            return hashing.get();
        } finally {
            turns.release();
        }
    }

    /** Too many people sign in at this moment; nothing was checked. */
    public static final class TooBusy extends RuntimeException {
        TooBusy() {
            super("Many people are signing in at this moment. Try again in a few seconds.");
        }
    }
}
