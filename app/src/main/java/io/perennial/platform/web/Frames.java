package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Makes the {@link Frame} of the page that is being answered. Call it on the thread of the request. */
@Component
public class Frames {

    /** Request attribute under which the security headers leave the nonce of their content security policy. */
    public static final String NONCE = "cspNonce";

    private final ObjectProvider<NavigationItem> navigation;
    private final ObjectProvider<SignedIn> signedIn;

    Frames(ObjectProvider<NavigationItem> navigation, ObjectProvider<SignedIn> signedIn) {
        this.navigation = navigation;
        this.signedIn = signedIn;
    }

    /**
     * @param title of the page: heading, window title and last part of the breadcrumb
     * @param section title of the navigation item it belongs to; empty when it belongs to none
     */
    public Frame frame(String title, String section) {
        HttpServletRequest request = request();
        SignedIn person = signedIn.getIfAvailable();
        String name = person == null ? null : person.name();
        String role = person == null ? null : person.role();
        return new Frame(
                title,
                section,
                List.of(),
                name == null && person != null ? List.of() : groups(section, role),
                name,
                role,
                person == null ? "/logout" : person.signOutUrl(),
                csrf(request),
                nonce(request),
                request == null ? Preferences.none() : Preferences.of(request),
                request == null ? "/" : request.getRequestURI());
    }

    private List<Frame.Group> groups(String section, @Nullable String role) {
        Map<String, List<Frame.Entry>> groups = new LinkedHashMap<>();
        navigation.stream()
                .filter(item ->
                        item.roles().isEmpty() || (role != null && item.roles().contains(role)))
                .sorted(Comparator.comparingInt(NavigationItem::order).thenComparing(NavigationItem::title))
                .forEach(item -> groups.computeIfAbsent(item.group(), none -> new ArrayList<>())
                        .add(new Frame.Entry(
                                item.title(),
                                item.url(),
                                item.icon(),
                                item.key(),
                                item.title().equals(section))));
        return groups.entrySet().stream()
                .map(group -> new Frame.Group(group.getKey(), List.copyOf(group.getValue())))
                .toList();
    }

    private static Frame.Csrf csrf(@Nullable HttpServletRequest request) {
        if (request != null && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
            return new Frame.Csrf(token.getParameterName(), token.getHeaderName(), token.getToken());
        }
        return new Frame.Csrf("_csrf", "X-CSRF-TOKEN", "");
    }

    private static String nonce(@Nullable HttpServletRequest request) {
        return request == null ? "" : Objects.toString(request.getAttribute(NONCE), "");
    }

    private static @Nullable HttpServletRequest request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest()
                : null;
    }
}
