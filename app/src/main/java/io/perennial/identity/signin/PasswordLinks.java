package io.perennial.identity.signin;

import io.perennial.identity.SecurityLog;
import io.perennial.identity.team.Member;
import io.perennial.identity.team.Members;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** One-time links with which a member chooses a password. A new link ends the older ones. */
@Component
public class PasswordLinks {

    public static final Duration INVITATION = Duration.ofDays(3);
    public static final Duration RESET = Duration.ofMinutes(60);
    private static final SecretText TEXT = new SecretText("pl_");

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Members members;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Sessions sessions;
    private final SecurityLog log;
    private final Clock clock;

    PasswordLinks(
            JdbcClient database,
            TransactionTemplate transaction,
            Members members,
            Passwords passwords,
            PasswordRules rules,
            Sessions sessions,
            SecurityLog log,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.members = members;
        this.passwords = passwords;
        this.rules = rules;
        this.sessions = sessions;
        this.log = log;
        this.clock = clock;
    }

    /** The path of a fresh link, to be shown once; runs in the caller's transaction. */
    public String create(UUID member, Duration valid) {
        String token = TEXT.fresh();
        database.sql("delete from identity.password_link where member_id = :member")
                .param("member", member)
                .update();
        database.sql("""
                insert into identity.password_link (token_hash, member_id, created_at, expires_at)
                values (:hash, :member, :now, :expires)
                """)
                .param("hash", SecretText.hash(token))
                .param("member", member)
                .param("now", Timestamp.from(clock.instant()))
                .param("expires", Timestamp.from(clock.instant().plus(valid)))
                .update();
        return "/welcome?token=" + token;
    }

    /** The active member for whom the link still works. */
    public Optional<Member> member(String token) {
        return database.sql("""
                select member_id from identity.password_link
                where token_hash = :hash and used_at is null and expires_at > :now
                """)
                .param("hash", SecretText.hash(token))
                .param("now", Timestamp.from(clock.instant()))
                .query(UUID.class)
                .optional()
                .flatMap(members::find)
                .filter(Member::active);
    }

    /**
     * Spends the link and sets the password; every session of the member ends.
     *
     * @return why the password is refused; empty when it is set
     */
    public Optional<String> choose(String token, String password) {
        Optional<Member> member = member(token);
        if (member.isEmpty()) {
            return Optional.of("This link was used already or is too old. Ask an administrator for a new one.");
        }
        Optional<String> objection =
                rules.objection(password, member.get().email(), member.get().name());
        if (objection.isPresent()) {
            return objection;
        }
        String hash = passwords.hash(password);
        boolean spent = Boolean.TRUE.equals(transaction.execute(status -> spend(token, member.get(), hash)));
        return spent
                ? Optional.empty()
                : Optional.of("This link was used already. Ask an administrator for a new one.");
    }

    private boolean spend(String token, Member member, String hash) {
        int spent = database.sql("""
                update identity.password_link set used_at = :now where token_hash = :hash and used_at is null
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("hash", SecretText.hash(token))
                .update();
        if (spent == 1) {
            store(member.id(), hash);
            log.record(
                    Actor.person(member.id(), member.name()),
                    member.name() + " chose a password",
                    "team-members",
                    member.id().toString());
        }
        return spent == 1;
    }

    /**
     * Changes the password of a signed-in member who knows the present one; other sessions end.
     *
     * @return why the password is refused; empty when it is set
     */
    public Optional<String> change(Member member, String password) {
        Optional<String> objection = rules.objection(password, member.email(), member.name());
        if (objection.isEmpty()) {
            String hash = passwords.hash(password);
            transaction.executeWithoutResult(status -> {
                store(member.id(), hash);
                log.record(
                        Actor.person(member.id(), member.name()),
                        member.name() + " changed their password",
                        "team-members",
                        member.id().toString());
            });
        }
        return objection;
    }

    private void store(UUID member, String hash) {
        database.sql("""
                update identity.team_member
                set password_hash = :hash, password_changed_at = :now, updated_at = :now, version = version + 1
                where id = :id
                """)
                .param("hash", hash)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", member)
                .update();
        sessions.endAll(member);
    }
}
