package io.perennial.identity.team;

import io.perennial.identity.Role;
import io.perennial.identity.SecurityLog;
import io.perennial.identity.Viewer;
import io.perennial.identity.signin.Emails;
import io.perennial.identity.signin.PasswordLinks;
import io.perennial.identity.signin.Sessions;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Who works here. Only administrators use it; every change is audited and takes effect at the member's next click. */
@Component
public class Team {

    private static final String TYPE = "team-members";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Members members;
    private final PasswordLinks links;
    private final Sessions sessions;
    private final SecurityLog log;
    private final Clock clock;

    Team(
            JdbcClient database,
            TransactionTemplate transaction,
            Members members,
            PasswordLinks links,
            Sessions sessions,
            SecurityLog log,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.members = members;
        this.links = links;
        this.sessions = sessions;
        this.log = log;
        this.clock = clock;
    }

    /** The change cannot be made; the message says why and what would do. */
    public static final class NotPossible extends RuntimeException {
        NotPossible(String message) {
            super(message);
        }
    }

    public List<Member> list(Viewer viewer) {
        onlyAdministrators(viewer);
        return members.all();
    }

    /** Adds a member, who cannot sign in before they followed a link of {@link #link}. */
    public Member add(Viewer viewer, String name, String email, Role role, boolean everything) {
        onlyAdministrators(viewer);
        if (name.isBlank() || name.strip().length() > 200) {
            throw new NotPossible("Enter a name of 1 to 200 characters.");
        }
        if (!Emails.isPlausible(email)) {
            throw new NotPossible("Enter an e-mail address such as ana@example.com.");
        }
        UUID id = Ids.next();
        try {
            transaction.executeWithoutResult(status -> {
                insert(id, name.strip(), email.strip(), role, everything);
                log.record(
                        viewer.actor(),
                        name.strip() + " joined the team as " + role.title(),
                        new ChangedThing(TYPE, id.toString(), null, null, state(role, everything, true)));
            });
        } catch (DuplicateKeyException taken) {
            throw new NotPossible("There is a member with this e-mail address already.");
        }
        return members.find(id).orElseThrow();
    }

    /**
     * Sets role, portfolio and whether the member may sign in. Sessions of a disabled member end at once.
     *
     * @throws NotPossible when it would leave nobody who administers
     */
    public void change(Viewer viewer, UUID id, Role role, boolean everything, boolean active) {
        onlyAdministrators(viewer);
        transaction.executeWithoutResult(status -> {
            database.sql("lock table identity.team_member in share row exclusive mode")
                    .update();
            Member before = members.find(id).orElseThrow(() -> new NotPossible("There is no such member."));
            if (before.role() == role && before.everything() == everything && before.active() == active) {
                return;
            }
            boolean administers = before.role() == Role.ADMIN && before.active() && before.canSignIn();
            if (administers && (role != Role.ADMIN || !active) && members.administrators() == 1) {
                throw new NotPossible(before.name() + " is the only administrator. Make somebody else one first.");
            }
            update(id, role, everything, active);
            if (!active) {
                sessions.endAll(id);
            }
            log.record(
                    viewer.actor(),
                    sentence(before, role, everything, active),
                    new ChangedThing(
                            TYPE,
                            id.toString(),
                            null,
                            state(before.role(), before.everything(), before.active()),
                            state(role, everything, active)));
        });
    }

    /** The path of a one-time link with which the member chooses a password; shown once, never stored. */
    public String link(Viewer viewer, UUID id) {
        onlyAdministrators(viewer);
        Member member = members.find(id)
                .filter(Member::active)
                .orElseThrow(() -> new NotPossible("Only a member who may sign in gets a link."));
        String path = transaction.execute(status -> {
            log.record(viewer.actor(), "Password link for " + member.name() + " made", TYPE, id.toString());
            return links.create(id, member.canSignIn() ? PasswordLinks.RESET : PasswordLinks.INVITATION);
        });
        return Objects.requireNonNull(path);
    }

    /** Ends every session of the member on every browser. */
    public void signOutEverywhere(Viewer viewer, UUID id) {
        onlyAdministrators(viewer);
        Member member = members.find(id).orElseThrow(() -> new NotPossible("There is no such member."));
        transaction.executeWithoutResult(status -> {
            sessions.endAll(id);
            log.record(viewer.actor(), member.name() + " was signed out everywhere", TYPE, id.toString());
        });
    }

    private void insert(UUID id, String name, String email, Role role, boolean everything) {
        database.sql("""
                insert into identity.team_member
                    (id, external_id, name, email, role, portfolio, created_at, updated_at)
                values (:id, :external_id, :name, :email, :role, :portfolio, :now, :now)
                """)
                .param("id", id)
                .param("external_id", email.toLowerCase(Locale.ROOT))
                .param("name", name)
                .param("email", email)
                .param("role", role.name())
                .param("portfolio", portfolio(everything))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void update(UUID id, Role role, boolean everything, boolean active) {
        database.sql("""
                update identity.team_member
                set role = :role, portfolio = :portfolio, active = :active, updated_at = :now, version = version + 1
                where id = :id
                """)
                .param("role", role.name())
                .param("portfolio", portfolio(everything))
                .param("active", active)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
    }

    private static String sentence(Member before, Role role, boolean everything, boolean active) {
        if (before.active() != active) {
            return before.name() + (active ? " may sign in again" : " may no longer sign in");
        }
        if (before.role() != role) {
            return "Role of " + before.name() + " changed to " + role.title();
        }
        return before.name() + (everything ? " sees the whole company" : " sees only their own accounts");
    }

    private static String state(Role role, boolean everything, boolean active) {
        return "{\"role\":\"%s\",\"portfolio\":\"%s\",\"active\":%b}"
                .formatted(role.name(), portfolio(everything), active);
    }

    private static String portfolio(boolean everything) {
        return everything ? "everything" : "own";
    }

    private static void onlyAdministrators(Viewer viewer) {
        if (!viewer.role().mayAdminister()) {
            throw new AccessDeniedException("Only administrators manage the team.");
        }
    }
}
