package io.perennial.identity.signin;

import io.perennial.identity.SecurityLog;
import io.perennial.identity.team.Members;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets the very first person in. There are no default accounts: either the operator names an administrator in the
 * environment, or whoever can read the log spends the one-time token at {@code /setup}.
 */
@Component
public class FirstAdministrator implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Members members;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final SetupToken token;
    private final SecurityLog log;
    private final Clock clock;
    private final Named named;

    FirstAdministrator(
            JdbcClient database,
            TransactionTemplate transaction,
            Members members,
            Passwords passwords,
            PasswordRules rules,
            SetupToken token,
            SecurityLog log,
            Clock clock,
            @Value("${perennial.admin.email:}") String email,
            @Value("${perennial.admin.password:}") String password) {
        this.database = database;
        this.transaction = transaction;
        this.members = members;
        this.passwords = passwords;
        this.rules = rules;
        this.token = token;
        this.log = log;
        this.clock = clock;
        this.named = new Named(email.strip(), password);
    }

    /** Somebody was faster, or the company is set up already. */
    public static final class AlreadySetUp extends RuntimeException {
        AlreadySetUp() {
            super("Perennial is set up already. Sign in, or ask an administrator for a link.");
        }
    }

    /** What the form or the environment gave cannot become an administrator; the message says what would. */
    public static final class NotAccepted extends RuntimeException {
        NotAccepted(String message) {
            super(message);
        }
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (members.anybodyCanSignIn()) {
            token.spend();
        } else if (!named.email().isEmpty()) {
            create("Administrator", named.email(), named.password());
            LOG.info("{} is the first administrator, as the environment says.", named.email());
        } else {
            LOG.warn("Nobody can sign in yet. Open /setup and enter this one-time token: {}", token.text());
        }
    }

    /** Whether the set-up page is open. */
    public boolean isAwaited() {
        return !members.anybodyCanSignIn();
    }

    /**
     * Spends the token.
     *
     * @return id of the new administrator
     * @throws NotAccepted when token, e-mail, name or password will not do
     * @throws AlreadySetUp when there is an administrator by now
     */
    public UUID setUp(String presented, String name, String email, String password) {
        if (!isAwaited()) {
            throw new AlreadySetUp();
        }
        if (!token.is(presented)) {
            throw new NotAccepted("This is not the set-up token. It stands in the log of the start and in the file"
                    + " setup-token of the data directory.");
        }
        UUID administrator = create(name, email, password);
        token.spend();
        return administrator;
    }

    private UUID create(String name, String email, String password) {
        if (name.isBlank() || name.length() > 200) {
            throw new NotAccepted("Enter your name, up to 200 characters.");
        }
        if (!Emails.isPlausible(email)) {
            throw new NotAccepted("Enter an e-mail address such as ana@example.com.");
        }
        rules.objection(password, email, name).ifPresent(objection -> {
            throw new NotAccepted(objection);
        });
        String hash = passwords.hash(password);
        UUID administrator = transaction.execute(status -> insert(name.strip(), email.strip(), hash));
        return Objects.requireNonNull(administrator);
    }

    private UUID insert(String name, String email, String hash) {
        database.sql("lock table identity.team_member in share row exclusive mode")
                .update();
        if (members.anybodyCanSignIn()) {
            throw new AlreadySetUp();
        }
        UUID id = database.sql("""
                insert into identity.team_member
                    (id, external_id, name, email, role, portfolio, password_hash, password_changed_at,
                     created_at, updated_at)
                values (:id, :external_id, :name, :email, 'ADMIN', 'everything', :hash, :now, :now, :now)
                on conflict (lower(email)) do update
                set role = 'ADMIN', portfolio = 'everything', active = true, password_hash = excluded.password_hash,
                    password_changed_at = excluded.password_changed_at, updated_at = excluded.updated_at,
                    version = identity.team_member.version + 1
                returning id
                """)
                .param("id", Ids.next())
                .param("external_id", email.toLowerCase(Locale.ROOT))
                .param("name", name)
                .param("email", email)
                .param("hash", hash)
                .param("now", Timestamp.from(clock.instant()))
                .query(UUID.class)
                .single();
        log.record(Actor.SYSTEM, name + " became the first administrator", "team-members", id.toString());
        return id;
    }

    private record Named(String email, String password) {}
}
