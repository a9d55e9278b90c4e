package io.perennial.cases.web;

import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.QueueViews;
import io.perennial.cases.desk.Routing;
import io.perennial.cases.desk.RoutingTeams;
import io.perennial.identity.Teams;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who knows what, and works in which team. */
@Controller
public class DeskTeamPage {

    private final Routing routing;
    private final RoutingTeams given;
    private final Teams teams;
    private final Frames frames;

    DeskTeamPage(Routing routing, RoutingTeams given, Teams teams, Frames frames) {
        this.routing = routing;
        this.given = given;
        this.teams = teams;
        this.frames = frames;
    }

    /**
     * @param given which teams are given cases unasked
     * @param teamOf names of teams by member
     * @param lead may change everybody's skills and teams
     */
    public record View(
            List<Routing.Agent> agents,
            List<Teams.Team> teams,
            List<RoutingTeams.Row> given,
            Map<UUID, String> teamOf,
            UUID me,
            boolean lead,
            boolean mayWork,
            @Nullable String problem) {}

    @GetMapping("/cases/team")
    String team(Viewer viewer, Model model) {
        return show(viewer, model, null);
    }

    /** @param team absent: stays as it is */
    @PostMapping("/cases/team")
    String learn(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam UUID member,
            @RequestParam(defaultValue = "") String skills,
            @RequestParam(required = false) @Nullable String team,
            Model model) {
        try {
            routing.learn(member, skills, viewer);
            if (team != null && QueueViews.leads(viewer)) {
                teams.join(member, team, viewer);
            }
        } catch (CaseRefused | IllegalArgumentException e) {
            response.setStatus(422);
            return show(viewer, model, e.getMessage());
        }
        return "redirect:/cases/team";
    }

    /**
     * @param team empty: colleagues in no team
     * @param given whether new cases are given to its members
     */
    @PostMapping("/cases/team/routing")
    String choose(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String team,
            @RequestParam boolean given,
            Model model) {
        try {
            this.given.choose(team.isEmpty() ? null : UUID.fromString(team), given, viewer);
        } catch (CaseRefused | IllegalArgumentException e) {
            response.setStatus(422);
            return show(viewer, model, e.getMessage());
        }
        return "redirect:/cases/team";
    }

    private String show(Viewer viewer, Model model, @Nullable String problem) {
        model.addAttribute(
                "frame", frames.frame("Who knows what", CaseNavigation.CASES).under("Cases", "/cases"));
        model.addAttribute(
                "team",
                new View(
                        routing.agents(),
                        teams.all(),
                        given.all(),
                        teams.ofMembers(),
                        viewer.memberId(),
                        QueueViews.leads(viewer),
                        QueuePage.mayWork(viewer),
                        problem));
        return "cases/team";
    }
}
