package io.perennial.identity.web;

import io.perennial.identity.Viewer;
import io.perennial.identity.signin.PasswordLinks;
import io.perennial.identity.signin.Sessions;
import io.perennial.identity.signin.SignIn;
import io.perennial.identity.signin.SignInLimits;
import io.perennial.identity.team.Members;
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

/** A person's own page: password, theme and shortcuts. */
@Controller
public class ProfilePages {

    private final SignIn signIn;
    private final PasswordLinks passwords;
    private final Members members;
    private final Sessions sessions;
    private final SignInLimits limits;
    private final Frames frames;

    ProfilePages(
            SignIn signIn,
            PasswordLinks passwords,
            Members members,
            Sessions sessions,
            SignInLimits limits,
            Frames frames) {
        this.signIn = signIn;
        this.passwords = passwords;
        this.members = members;
        this.sessions = sessions;
        this.limits = limits;
        this.frames = frames;
    }

    public record Page(
            Viewer viewer,
            @Nullable String problem,
            @Nullable String done) {}

    @GetMapping("/profile")
    String show(Viewer viewer, @RequestParam(required = false) @Nullable String saved, Model model) {
        String done = saved == null ? null : "Your password is changed. Other browsers are signed out.";
        return show(new Page(viewer, null, done), model);
    }

    /** Asks for the present password again: a browser left open must not be enough. */
    @PostMapping("/profile/password")
    String change(
            Viewer viewer,
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Duration wait = limits.take(request.getRemoteAddr());
        Optional<String> problem = wait.isZero()
                ? change(viewer, present, password)
                : Optional.of("Too many tries. Wait " + Doors.inWords(wait) + " and try again.");
        if (problem.isPresent()) {
            response.setStatus(wait.isZero() ? HttpServletResponse.SC_UNPROCESSABLE_CONTENT : 429);
            return show(new Page(viewer, problem.get(), null), model);
        }
        sessions.open(request, viewer.memberId());
        return "redirect:/profile?saved";
    }

    private Optional<String> change(Viewer viewer, String present, String password) {
        if (!signIn.isPassword(viewer.memberId(), present)) {
            return Optional.of("The present password is not right.");
        }
        return passwords.change(members.find(viewer.memberId()).orElseThrow(), password);
    }

    private String show(Page page, Model model) {
        model.addAttribute("frame", frames.frame("Your profile", ""));
        model.addAttribute("page", page);
        return "identity/profile";
    }
}
