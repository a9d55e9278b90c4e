package io.perennial.identity.access;

import io.perennial.identity.Viewer;
import io.perennial.identity.keys.ApiKey;
import io.perennial.shared.Actor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Spring Security's view of a person or a key that has proven who it is. */
final class KnownCaller extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private final transient Actor actor;
    private final transient @Nullable Viewer viewer;

    private KnownCaller(Caller caller, Actor actor, @Nullable Viewer viewer, String... authorities) {
        super(AuthorityUtils.createAuthorityList(authorities));
        this.caller = caller;
        this.actor = actor;
        this.viewer = viewer;
        setAuthenticated(true);
    }

    static KnownCaller person(Viewer viewer) {
        return new KnownCaller(new Caller.Person(viewer.role()), viewer.actor(), viewer);
    }

    /** Which addresses a key reaches is decided by {@link Routes}; past that door it may do what the address offers. */
    static KnownCaller key(ApiKey key) {
        return new KnownCaller(new Caller.Key(key.scopes()), key.actor(), null, "SCOPE_read", "SCOPE_write");
    }

    static Optional<KnownCaller> current() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    static Optional<KnownCaller> of(@Nullable Authentication authentication) {
        return authentication instanceof KnownCaller known ? Optional.of(known) : Optional.empty();
    }

    /** Makes this the caller of the present request. */
    void enter() {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(this);
        SecurityContextHolder.setContext(context);
    }

    Caller caller() {
        return caller;
    }

    Actor actor() {
        return actor;
    }

    Optional<Viewer> viewer() {
        return Optional.ofNullable(viewer);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return actor;
    }

    /** Limits are kept under this name, so it tells callers apart; several may be called the same. */
    @Override
    public String getName() {
        return actor.kind() + " " + actor.id();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KnownCaller known && known.actor.equals(actor);
    }

    @Override
    public int hashCode() {
        return actor.hashCode();
    }
}
