package io.perennial.identity.access;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.CurrentActor;
import io.perennial.platform.web.SignedIn;
import io.perennial.shared.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Tells controllers and the page frame who is asking. */
@Component
class CurrentCaller implements CurrentActor, SignedIn, HandlerMethodArgumentResolver {

    @Override
    public Actor actor() {
        return KnownCaller.current()
                .map(KnownCaller::actor)
                .orElseThrow(() -> new IllegalStateException("Nobody is signed in for this request"));
    }

    @Nullable
    Viewer viewer() {
        return KnownCaller.current().flatMap(KnownCaller::viewer).orElse(null);
    }

    @Override
    public @Nullable String name() {
        Viewer viewer = viewer();
        return viewer == null ? null : viewer.name();
    }

    @Override
    public @Nullable String role() {
        Viewer viewer = viewer();
        return viewer == null ? null : viewer.role().name();
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Viewer.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Viewer viewer = viewer();
        if (viewer == null && !parameter.isOptional()) {
            throw new IllegalStateException("Nobody is signed in for this request");
        }
        return viewer;
    }
}
