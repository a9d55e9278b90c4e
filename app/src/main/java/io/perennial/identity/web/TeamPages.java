package io.perennial.identity.web;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.identity.team.Member;
import io.perennial.identity.team.Team;
import io.perennial.identity.team.Team.NotPossible;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The team page of administrators. */
@Controller
public class TeamPages {

    private static final String BACK = "redirect:/admin/team";

    private final Team team;
    private final Frames frames;

    TeamPages(Team team, Frames frames) {
        this.team = team;
        this.frames = frames;
    }

    /**
     * @param link path of a one-time link that was just made, with the person it is for
     * @param problem why the last change was not made
     */
    public record Page(
            List<Member> members,
            List<Role> roles,
            UUID viewer,
            @Nullable Link link,
            @Nullable String problem) {}

    public record Link(String name, String address) {}

    /** What stands in the form for a new member. */
    public record Typed(String name, String email, Role role, String portfolio) {
        static final Typed NOTHING = new Typed("", "", Role.CSM, "everything");
    }

    @GetMapping("/admin/team")
    String list(Viewer viewer, HttpServletRequest request, Model model) {
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, null, null, model);
    }

    @PostMapping("/admin/team")
    String add(
            Viewer viewer,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "CSM") Role role,
            @RequestParam(defaultValue = "everything") String portfolio,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            Member member = team.add(viewer, name, email, role, portfolio.equals("everything"));
            return show(viewer, link(viewer, member.id(), member.name(), request), null, model);
        } catch (NotPossible refused) {
            model.addAttribute("typed", new Typed(name, email, role, portfolio));
            return refuse(viewer, refused, response, model);
        }
    }

    @PostMapping("/admin/team/{id}")
    String change(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam Role role,
            @RequestParam String portfolio,
            @RequestParam(defaultValue = "true") boolean active,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            boolean everything = portfolio.equals("everything");
            team.change(viewer, id, role, everything, active);
            String now = active
                    ? ": " + role.title() + ", " + (everything ? "all accounts." : "own accounts.")
                    : " can no longer sign in.";
            new Notice(name(viewer, id) + now, null, null).leave(request);
            return BACK;
        } catch (NotPossible refused) {
            return refuse(viewer, refused, response, model);
        }
    }

    @PostMapping("/admin/team/{id}/password-link")
    String link(
            Viewer viewer,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            return show(viewer, link(viewer, id, name(viewer, id), request), null, model);
        } catch (NotPossible refused) {
            return refuse(viewer, refused, response, model);
        }
    }

    @PostMapping("/admin/team/{id}/sign-out")
    String signOut(
            Viewer viewer,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            team.signOutEverywhere(viewer, id);
            new Notice(name(viewer, id) + " is signed out everywhere.", null, null).leave(request);
            return BACK;
        } catch (NotPossible refused) {
            return refuse(viewer, refused, response, model);
        }
    }

    private String name(Viewer viewer, UUID id) {
        return team.list(viewer).stream()
                .filter(member -> member.id().equals(id))
                .map(Member::name)
                .findFirst()
                .orElse("");
    }

    private Link link(Viewer viewer, UUID id, String name, HttpServletRequest request) {
        String site = request.getScheme() + "://" + request.getHeader("Host");
        return new Link(name, site + team.link(viewer, id));
    }

    private String refuse(Viewer viewer, NotPossible refused, HttpServletResponse response, Model model) {
        response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
        return show(viewer, null, refused.getMessage(), model);
    }

    private String show(Viewer viewer, @Nullable Link link, @Nullable String problem, Model model) {
        model.addAttribute("frame", frames.frame("Team", "Team"));
        if (!model.containsAttribute("typed")) {
            model.addAttribute("typed", Typed.NOTHING);
        }
        model.addAttribute(
                "page", new Page(team.list(viewer), List.of(Role.values()), viewer.memberId(), link, problem));
        return "identity/team";
    }
}
