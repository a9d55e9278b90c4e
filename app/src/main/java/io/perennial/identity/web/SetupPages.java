package io.perennial.identity.web;

import io.perennial.identity.signin.FirstAdministrator;
import io.perennial.identity.signin.FirstAdministrator.AlreadySetUp;
import io.perennial.identity.signin.FirstAdministrator.NotAccepted;
import io.perennial.identity.signin.Sessions;
import io.perennial.identity.signin.SignInLimits;
import io.perennial.platform.web.Frames;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The one-time page that makes the first administrator. Closed for good once somebody can sign in. */
@Controller
public class SetupPages {

    private static final String PAGE = "identity/setup";
    private static final String CLOSED = "redirect:/sign-in";

    private final FirstAdministrator firstAdministrator;
    private final Sessions sessions;
    private final SignInLimits limits;
    private final Frames frames;

    SetupPages(FirstAdministrator firstAdministrator, Sessions sessions, SignInLimits limits, Frames frames) {
        this.firstAdministrator = firstAdministrator;
        this.sessions = sessions;
        this.limits = limits;
        this.frames = frames;
    }

    /** What the form shows again after a refusal; never the password. */
    public record Form(
            String token,
            String name,
            String email,
            @Nullable String problem) {}

    @GetMapping("/setup")
    String ask(@RequestParam(defaultValue = "") String token, Model model) {
        return firstAdministrator.isAwaited() ? show(model, new Form(token, "", "", null)) : CLOSED;
    }

    @PostMapping("/setup")
    String create(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Duration wait = limits.take(request.getRemoteAddr());
        if (!wait.isZero()) {
            response.setStatus(429);
            response.setHeader(
                    "Retry-After", String.valueOf(wait.plusMillis(999).toSeconds()));
            String problem = "Too many tries. Wait " + Doors.inWords(wait) + " and try again.";
            return show(model, new Form(token, name, email, problem));
        }
        try {
            UUID administrator = firstAdministrator.setUp(token, name, email, password);
            sessions.open(request, administrator);
            return "redirect:/";
        } catch (AlreadySetUp late) {
            return CLOSED;
        } catch (NotAccepted refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(model, new Form(token, name, email, refused.getMessage()));
        }
    }

    private String show(Model model, Form form) {
        model.addAttribute("frame", frames.frame("Set up Perennial", ""));
        model.addAttribute("form", form);
        return PAGE;
    }
}
