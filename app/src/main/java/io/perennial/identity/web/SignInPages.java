package io.perennial.identity.web;

import io.perennial.identity.SecurityLog;
import io.perennial.identity.Viewer;
import io.perennial.identity.signin.FirstAdministrator;
import io.perennial.identity.signin.Passwords.TooBusy;
import io.perennial.identity.signin.Sessions;
import io.perennial.identity.signin.SignIn;
import io.perennial.identity.signin.SignIn.Outcome;
import io.perennial.platform.web.Frames;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in and out. Works without JavaScript. */
@Controller
public class SignInPages {

    private static final String PAGE = "identity/sign-in";

    private final SignIn signIn;
    private final Sessions sessions;
    private final FirstAdministrator firstAdministrator;
    private final SecurityLog log;
    private final Frames frames;

    SignInPages(
            SignIn signIn, Sessions sessions, FirstAdministrator firstAdministrator, SecurityLog log, Frames frames) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.firstAdministrator = firstAdministrator;
        this.log = log;
        this.frames = frames;
    }

    /** What the form shows again after a refusal; never the password. */
    public record Form(String email, String next, @Nullable String problem) {}

    @GetMapping("/sign-in")
    String ask(@RequestParam(required = false) @Nullable String next, Model model) {
        if (firstAdministrator.isAwaited()) {
            return "redirect:/setup";
        }
        return show(model, new Form("", Doors.ownPath(next), null));
    }

    @PostMapping("/sign-in")
    String enter(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String wanted = Doors.ownPath(next);
        Outcome outcome;
        try {
            outcome = signIn.check(email, password, request.getRemoteAddr());
        } catch (TooBusy busy) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Retry-After", "5");
            return show(model, new Form(email, wanted, busy.getMessage()));
        }
        return switch (outcome) {
            case Outcome.Welcome(var member) -> {
                sessions.open(request, member.id());
                yield "redirect:" + wanted;
            }
            case Outcome.Refused() -> {
                response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
                yield show(
                        model,
                        new Form(
                                email,
                                wanted,
                                "E-mail or password is not right. An administrator can send you a new link."));
            }
            case Outcome.Wait(var time) -> {
                response.setStatus(429);
                response.setHeader(
                        "Retry-After", String.valueOf(time.plusMillis(999).toSeconds()));
                yield show(
                        model,
                        new Form(email, wanted, "Too many tries. Wait " + Doors.inWords(time) + " and try again."));
            }
        };
    }

    @PostMapping("/sign-out")
    String leave(Viewer viewer, HttpServletRequest request, HttpServletResponse response) {
        sessions.close(request);
        log.signedOut(viewer.actor());
        response.setHeader("Clear-Site-Data", "\"cache\", \"storage\"");
        return "redirect:/sign-in";
    }

    private String show(Model model, Form form) {
        model.addAttribute("frame", frames.frame("Sign in", ""));
        model.addAttribute("form", form);
        return PAGE;
    }
}
