package io.perennial.events.door;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The write key as clients send it: user name of basic authentication, a bearer token, or writeKey in the body. */
final class Credentials {

    private Credentials() {}

    /** Never from the address, which proxies write down. */
    static @Nullable String fromHeader(HttpServletRequest request) throws Refused {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return null;
        }
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return header.substring(7).strip();
        }
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            throw unknown();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException notBase64) {
            throw unknown();
        }
    }

    static Refused unknown() {
        return Refused.unauthorised(
                "unknown_write_key", "Send the write key of an open source as the user name of basic authentication.");
    }

    static Refused conflict() {
        return Refused.unauthorised("conflicting_credentials", "The header and the body name two write keys.");
    }
}
