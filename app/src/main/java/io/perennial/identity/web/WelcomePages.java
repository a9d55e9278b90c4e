package io.perennial.identity.web;

import io.perennial.identity.signin.PasswordLinks;
import io.perennial.identity.signin.Sessions;
import io.perennial.identity.signin.SignInLimits;
import io.perennial.identity.team.Member;
import io.perennial.platform.web.Frames;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a one-time link leads: choose a password and be signed in. */
@Controller
public class WelcomePages {

    private static final String DEAD_LINK =
            "This link was used already or is too old. Ask an administrator for a new one.";

    private final PasswordLinks links;
    private final Sessions sessions;
    private final SignInLimits limits;
    private final Frames frames;

    WelcomePages(PasswordLinks links, Sessions sessions, SignInLimits limits, Frames frames) {
        this.links = links;
        this.sessions = sessions;
        this.limits = limits;
        this.frames = frames;
    }

    /** @param email null when the link does not work (any more) */
    public record Form(
            String token, @Nullable String email, @Nullable String problem) {}

    @GetMapping("/welcome")
    String ask(@RequestParam(defaultValue = "") String token, HttpServletResponse response, Model model) {
        return show(token, null, response, model);
    }

    @PostMapping("/welcome")
    String choose(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Duration wait = limits.take(request.getRemoteAddr());
        if (!wait.isZero()) {
            response.setHeader(
                    "Retry-After", String.valueOf(wait.plusMillis(999).toSeconds()));
            String page =
                    show(token, "Too many tries. Wait " + Doors.inWords(wait) + " and try again.", response, model);
            response.setStatus(429);
            return page;
        }
        Optional<Member> member = links.member(token);
        Optional<String> objection = links.choose(token, password);
        if (member.isEmpty() || objection.isPresent()) {
            return show(token, objection.orElse(DEAD_LINK), response, model);
        }
        sessions.open(request, member.get().id());
        return "redirect:/";
    }

    private String show(String token, @Nullable String problem, HttpServletResponse response, Model model) {
        Optional<Member> member = links.member(token);
        Form form = member.map(known -> new Form(token, known.email(), problem))
                .orElseGet(() -> new Form("", null, DEAD_LINK));
        if (member.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_GONE);
        } else if (problem != null) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
        }
        model.addAttribute("frame", frames.frame("Choose your password", ""));
        model.addAttribute("form", form);
        return "identity/welcome";
    }
}
