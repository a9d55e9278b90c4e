package io.perennial.identity.web;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.identity.team.Member;
import io.perennial.identity.team.Team;
import io.perennial.identity.team.Team.NotPossible;
import io.perennial.platform.web.Frames;
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

    @GetMapping("/admin/team")
    String list(Viewer viewer, Model model) {
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
            HttpServletResponse response,
            Model model) {
        try {
            team.change(viewer, id, role, portfolio.equals("everything"), active);
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
            String name = team.list(viewer).stream()
                    .filter(member -> member.id().equals(id))
                    .map(Member::name)
                    .findFirst()
                    .orElse("");
            return show(viewer, link(viewer, id, name, request), null, model);
        } catch (NotPossible refused) {
            return refuse(viewer, refused, response, model);
        }
    }

    @PostMapping("/admin/team/{id}/sign-out")
    String signOut(Viewer viewer, @PathVariable UUID id, HttpServletResponse response, Model model) {
        try {
            team.signOutEverywhere(viewer, id);
            return BACK;
        } catch (NotPossible refused) {
            return refuse(viewer, refused, response, model);
        }
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
        model.addAttribute(
                "page", new Page(team.list(viewer), List.of(Role.values()), viewer.memberId(), link, problem));
        return "identity/team";
    }
}
