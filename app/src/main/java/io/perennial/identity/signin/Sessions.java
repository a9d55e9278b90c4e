package io.perennial.identity.signin;

import io.perennial.identity.team.Member;
import io.perennial.identity.team.Members;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Component;

/**
 * Who is signed in on which browser. A session ends at sign-out, after twelve hours whatever happens, after two hours
 * without a request, and at once when the member is disabled, gets another role or another password.
 */
@Component
public class Sessions {

    public static final Duration LONGEST = Duration.ofHours(12);
    public static final Duration LONGEST_IDLE = Duration.ofHours(2);

    /** Session attributes are texts only, see {@link SessionStore}. */
    public static final String MEMBER = "member";

    public static final String SINCE = "since";
    public static final String SEEN = "seen";
    private static final Duration SEEN_STEP = Duration.ofMinutes(1);

    private final Members members;
    private final JdbcClient database;
    private final Clock clock;

    Sessions(Members members, JdbcClient database, Clock clock) {
        this.members = members;
        this.database = database;
        this.clock = clock;
    }

    /** Starts a new session for the member; whatever session the browser had before is gone. */
    public void open(HttpServletRequest request, UUID member) {
        close(request);
        HttpSession session = request.getSession(true);
        String now = clock.instant().toString();
        session.setAttribute(MEMBER, member.toString());
        session.setAttribute(SINCE, now);
        session.setAttribute(SEEN, now);
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, member.toString());
    }

    public void close(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** Ends every session of the member, on every browser. */
    public void endAll(UUID member) {
        database.sql("delete from identity.session where principal_name = :member")
                .param("member", member.toString())
                .update();
    }

    /**
     * The active member whose session the request carries; a session that is over is removed.
     *
     * @param byItself true for requests that a page makes without the person, which do not keep a session awake
     */
    public Optional<Member> member(HttpServletRequest request, boolean byItself) {
        HttpSession session = request.getSession(false);
        if (session == null || text(session, MEMBER) == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant since = instant(session, SINCE);
        Instant seen = instant(session, SEEN);
        if (now.isAfter(since.plus(LONGEST)) || now.isAfter(seen.plus(LONGEST_IDLE))) {
            session.invalidate();
            return Optional.empty();
        }
        Optional<Member> member = members.find(UUID.fromString(String.valueOf(text(session, MEMBER))))
                .filter(Member::active);
        if (member.isEmpty()) {
            session.invalidate();
        } else if (!byItself && now.isAfter(seen.plus(SEEN_STEP))) {
            session.setAttribute(SEEN, now.toString());
        }
        return member;
    }

    private static Instant instant(HttpSession session, String name) {
        String text = text(session, name);
        return text == null ? Instant.EPOCH : Instant.parse(text);
    }

    private static @Nullable String text(HttpSession session, String name) {
        return session.getAttribute(name) instanceof String text ? text : null;
    }
}
