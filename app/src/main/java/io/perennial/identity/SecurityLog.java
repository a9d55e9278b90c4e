package io.perennial.identity;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What happened at the doors: sign-ins, refusals, keys, roles. Each is an audit row of the kind {@code security}, shown
 * in Recent changes, and a line of the log. Never a password, key or token.
 */
@Component
public class SecurityLog {

    public static final String KIND = "security";

    private static final Logger LOG = LoggerFactory.getLogger(SecurityLog.class);

    private final Audit audit;
    private final TransactionTemplate transaction;

    SecurityLog(Audit audit, TransactionTemplate transaction) {
        this.audit = audit;
        this.transaction = transaction;
    }

    public void signedIn(Actor person) {
        record(person, person.name() + " signed in", "team-members", String.valueOf(person.id()));
    }

    public void signedOut(Actor person) {
        record(person, person.name() + " signed out", "team-members", String.valueOf(person.id()));
    }

    public void signInFailed(UUID member, String name, String address) {
        LOG.warn("Sign-in refused for member {} from {}", member, address);
        record(Actor.SYSTEM, "Sign-in as " + name + " refused", "team-members", member.toString());
    }

    /** Somebody who is known asked for what their role or key does not allow. */
    public void denied(Actor actor, String method, String path) {
        LOG.warn("Denied to {} {}: {} {}", actor.kind(), actor.id(), method, path);
        record(actor, "Denied to " + actor.name() + ": " + method + " " + path, "route", method + " " + path);
    }

    /** Anything else at the doors, as one past sentence. */
    public void record(Actor actor, String summary, String type, String id) {
        record(actor, summary, new ChangedThing(type, id, null, null, null));
    }

    /** In the transaction of the change itself where there is one. */
    public void record(Actor actor, String summary, ChangedThing thing) {
        transaction.executeWithoutResult(status -> audit.record(actor, KIND, summary, List.of(thing)));
    }
}
