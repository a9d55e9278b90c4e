package io.perennial.world;

import io.perennial.identity.Role;
import io.perennial.identity.keys.KeyText;
import io.perennial.identity.signin.Passwords;
import io.perennial.identity.signin.Sessions;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/**
 * The people and programs of the tests. Members made here have a real session in the database, without the time that a
 * password check takes; {@link #withPassword} makes one that can really sign in.
 */
@TestComponent
public class People {

    private static final UUID NOBODY = new UUID(0, 0);
    private static final String TOKEN = "the-form-token-of-the-tests";

    private final JdbcClient database;
    private final FindByIndexNameSessionRepository<? extends Session> sessions;
    private final Passwords passwords;
    private final Environment environment;
    private final Clock clock;

    People(
            JdbcClient database,
            FindByIndexNameSessionRepository<? extends Session> sessions,
            Passwords passwords,
            Environment environment,
            Clock clock) {
        this.database = database;
        this.sessions = sessions;
        this.passwords = passwords;
        this.environment = environment;
        this.clock = clock;
    }

    /** Grace Hopper, who may do everything. */
    public Visitor admin() {
        return signedIn("Grace Hopper", Role.ADMIN, true);
    }

    public Visitor leader() {
        return signedIn("Lin Wei", Role.LEADER, true);
    }

    /** A customer success manager who sees the whole company. */
    public Visitor csm(String name) {
        return signedIn(name, Role.CSM, true);
    }

    /** A customer success manager who sees and changes only the accounts they own. */
    public Visitor csmWithOwnAccounts(String name) {
        return signedIn(name, Role.CSM, false);
    }

    public Visitor support() {
        return signedIn("Sam Support", Role.SUPPORT, true);
    }

    public Visitor reader() {
        return signedIn("Rita Reader", Role.READ_ONLY, true);
    }

    /** Somebody new or known with this name and role, with a fresh session. */
    public Visitor signedIn(String name, Role role, boolean everything) {
        return signIn(member(name, role, everything), name);
    }

    /** A fresh session for a member who exists already. */
    public Visitor signIn(UUID member, String name) {
        String session = session(sessions, member);
        return new Visitor(member, name, address(), Map.of("Cookie", "perennial=" + session), session, masked());
    }

    /** Nobody known: no cookie, no key. */
    public Visitor stranger() {
        return new Visitor(NOBODY, "", address(), Map.of(), "", "");
    }

    /** Nobody known, who has opened a page before sign-in and so holds a form token. */
    public Visitor strangerWithForm() {
        return new Visitor(NOBODY, "", address(), Map.of("Cookie", "perennial-form=" + TOKEN), "", masked());
    }

    /** A program that holds a fresh key with these scopes. */
    public Visitor program(String... scopes) {
        return holding(apiKey(scopes));
    }

    /** A program that holds this key. */
    public Visitor holding(String key) {
        return new Visitor(NOBODY, "program", address(), Map.of("Authorization", "Bearer " + key), "", "");
    }

    /** The text of a fresh key. */
    public String apiKey(String... scopes) {
        String text = KeyText.fresh();
        database.sql("""
                insert into identity.api_key (id, name, prefix, hash, scopes, created_at)
                values (:id, :name, :prefix, :hash, :scopes, :now)
                """)
                .param("id", UUID.randomUUID())
                .param("name", "Key to " + String.join(" and ", scopes))
                .param("prefix", KeyText.shown(text))
                .param("hash", KeyText.hash(text))
                .param("scopes", scopes)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return text;
    }

    /** A row of team_member; the same person when there is one of that name already. */
    public UUID member(String name, Role role, boolean everything) {
        String login = name.toLowerCase(Locale.ROOT).replace(' ', '.');
        return database.sql("""
                insert into identity.team_member
                    (id, external_id, name, email, role, portfolio, created_at, updated_at)
                values (:id, :external_id, :name, :email, :role, :portfolio, :now, :now)
                on conflict (external_id) do update set role = excluded.role, portfolio = excluded.portfolio
                returning id
                """)
                .param("id", UUID.randomUUID())
                .param("external_id", login)
                .param("name", name)
                .param("email", login + "@perennial.example")
                .param("role", role.name())
                .param("portfolio", everything ? "everything" : "own")
                .param("now", Timestamp.from(clock.instant()))
                .query(UUID.class)
                .single();
    }

    /** A member who can sign in on the page with {@code firstname.lastname@perennial.example}. */
    public UUID withPassword(String name, Role role, String password) {
        UUID member = member(name, role, true);
        database.sql("update identity.team_member set password_hash = :hash where id = :id")
                .param("hash", passwords.hash(password))
                .param("id", member)
                .update();
        return member;
    }

    public String address() {
        return "http://localhost:" + environment.getRequiredProperty("local.server.port");
    }

    private <S extends Session> String session(FindByIndexNameSessionRepository<S> store, UUID member) {
        S session = store.createSession();
        session.setAttribute(Sessions.MEMBER, member.toString());
        session.setAttribute(Sessions.SINCE, clock.instant().toString());
        session.setAttribute(Sessions.SEEN, clock.instant().toString());
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, member.toString());
        session.setAttribute("form-token", TOKEN);
        store.save(session);
        return session.getId();
    }

    /** The form token under a mask of zeros, as a page would show it under a random one. */
    private static String masked() {
        byte[] token = TOKEN.getBytes(StandardCharsets.UTF_8);
        byte[] masked = new byte[token.length * 2];
        System.arraycopy(token, 0, masked, token.length, token.length);
        return Base64.getUrlEncoder().encodeToString(masked);
    }
}
