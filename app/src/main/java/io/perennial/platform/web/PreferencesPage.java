package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Saves theme, density, palette, rail, key and list settings for this browser; goes back to the page it came from. */
@Controller
class PreferencesPage {

    private static final Map<String, Set<String>> KNOWN = Map.of(
            "theme", Preferences.THEMES,
            "density", Preferences.DENSITIES,
            "palette", Preferences.PALETTES,
            "keys", Preferences.SWITCH,
            "rail", Preferences.SWITCH,
            "windows", Preferences.SWITCH);

    @PostMapping("/preferences")
    ResponseEntity<Void> save(@RequestParam Map<String, String> form, HttpServletRequest request) {
        ResponseEntity.BodyBuilder answer = request.getHeader("X-Requested-With") != null
                ? ResponseEntity.status(HttpStatus.NO_CONTENT)
                : ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(back(request.getHeader("Referer"))));
        KNOWN.forEach((name, values) -> {
            String value = form.get(name);
            if (value != null && values.contains(value)) {
                ResponseCookie cookie = ResponseCookie.from("perennial." + name, value)
                        .path("/")
                        .sameSite("Lax")
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .maxAge(Duration.ofDays(400))
                        .build();
                answer.header(HttpHeaders.SET_COOKIE, cookie.toString());
            }
        });
        return answer.build();
    }

    /** Only the path of the referring page is kept, so that the answer never leaves this site. */
    private static String back(@Nullable String referer) {
        try {
            URI page = URI.create(referer == null ? "/" : referer);
            String path = page.getRawPath();
            if (path == null || !path.startsWith("/") || path.startsWith("//")) {
                return "/";
            }
            return page.getRawQuery() == null ? path : path + "?" + page.getRawQuery();
        } catch (IllegalArgumentException notAnAddress) {
            return "/";
        }
    }
}
