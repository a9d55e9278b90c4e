package io.perennial.identity.keys;

import io.perennial.identity.SecurityLog;
import io.perennial.shared.Actor;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The sentences about keys in Recent changes. */
@Component
class KeyAudit {

    private static final String TYPE = "api-keys";

    private final SecurityLog log;

    KeyAudit(SecurityLog log) {
        this.log = log;
    }

    void created(Actor actor, UUID id, String name, Set<Scope> scopes) {
        String named = scopes.stream().map(Scope::text).sorted().collect(Collectors.joining(", "));
        log.record(actor, "API key " + name + " created (" + named + ")", TYPE, id.toString());
    }

    void revoked(Actor actor, UUID id, String name) {
        log.record(actor, "API key " + name + " revoked", TYPE, id.toString());
    }
}
