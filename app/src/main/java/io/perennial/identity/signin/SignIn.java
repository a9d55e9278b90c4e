package io.perennial.identity.signin;

import io.perennial.identity.SecurityLog;
import io.perennial.identity.team.Member;
import io.perennial.identity.team.Members;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decides whether an e-mail address and a password belong to an active team member. */
@Component
public class SignIn {

    private final JdbcClient database;
    private final Members members;
    private final Passwords passwords;
    private final SignInLimits limits;
    private final SecurityLog log;
    private final Clock clock;

    SignIn(
            JdbcClient database,
            Members members,
            Passwords passwords,
            SignInLimits limits,
            SecurityLog log,
            Clock clock) {
        this.database = database;
        this.members = members;
        this.passwords = passwords;
        this.limits = limits;
        this.log = log;
        this.clock = clock;
    }

    /** What became of one try. */
    public sealed interface Outcome {

        record Welcome(Member member) implements Outcome {}

        /** Wrong password, unknown address, disabled member, no password yet: deliberately one answer. */
        record Refused() implements Outcome {}

        record Wait(Duration time) implements Outcome {}
    }

    /** @param address of the network, for the limit */
    public Outcome check(String email, String password, String address) {
        Duration wait = limits.take(address, email);
        if (!wait.isZero()) {
            return new Outcome.Wait(wait);
        }
        Optional<Credentials> found = credentials(email);
        String hash = found.map(Credentials::hash).orElse(null);
        boolean right = password.length() <= PasswordRules.LONGEST * 2 && passwords.matches(password, hash);
        if (!right || found.isEmpty() || !found.get().active()) {
            found.ifPresent(known -> log.signInFailed(known.id(), known.name(), address));
            return new Outcome.Refused();
        }
        Member member = members.find(found.get().id()).orElseThrow();
        database.sql("update identity.team_member set last_signed_in_at = :now where id = :id")
                .param("now", Timestamp.from(clock.instant()))
                .param("id", member.id())
                .update();
        limits.forgive(email);
        log.signedIn(member.viewer().actor());
        return new Outcome.Welcome(member);
    }

    /** Whether this is the member's present password; for changes that ask for it again. */
    public boolean isPassword(UUID member, String password) {
        String hash = database.sql("select password_hash from identity.team_member where id = :id and active")
                .param("id", member)
                .query((row, number) -> new Hash(row.getString(1)))
                .optional()
                .orElse(new Hash(null))
                .text();
        return password.length() <= PasswordRules.LONGEST * 2 && passwords.matches(password, hash);
    }

    private Optional<Credentials> credentials(String email) {
        return database.sql("""
                select id, name, password_hash, active from identity.team_member where lower(email) = lower(:email)
                """)
                .param("email", email.strip())
                .query((row, number) -> new Credentials(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("password_hash"),
                        row.getBoolean("active")))
                .optional();
    }

    private record Credentials(
            UUID id, String name, @Nullable String hash, boolean active) {}

    private record Hash(@Nullable String text) {}
}
