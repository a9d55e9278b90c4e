package io.perennial.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** The frame of pages before sign-in. */
@Component
public class DoorFrames {

    private final HttpServletRequest request;

    DoorFrames(HttpServletRequest request) {
        this.request = request;
    }

    /** Title and form token. */
    public record DoorFrame(String title, String csrf) {}

    DoorFrame frame(String title) {
        return new DoorFrame(
                title,
                request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token.getToken() : "");
    }
}
