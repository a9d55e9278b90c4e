package io.perennial.platform.jobs.web;

import io.perennial.platform.jobs.Job;
import io.perennial.platform.jobs.JobList;
import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.web.CurrentActor;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.JobCard;
import io.perennial.platform.web.NavigationItem;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** What is running, and what became of it. */
@Controller
class JobPages {

    private static final String SECTION = "Jobs";
    private static final int SHOWN = 50;

    private final JobList list;
    private final Jobs jobs;
    private final Frames frames;
    private final CurrentActor actor;
    private final Clock clock;

    JobPages(JobList list, Jobs jobs, Frames frames, CurrentActor actor, Clock clock) {
        this.list = list;
        this.jobs = jobs;
        this.frames = frames;
        this.actor = actor;
        this.clock = clock;
    }

    @Bean
    static NavigationItem jobsItem() {
        return new NavigationItem(SECTION, "/jobs", "gear", "Admin", 950, "", Set.of());
    }

    @GetMapping("/jobs")
    String jobs(Model model) {
        List<JobCard> cards = list.recent(SHOWN).stream()
                .map(job -> JobCards.card(job, null, clock.instant()))
                .toList();
        model.addAttribute("frame", frames.frame(SECTION, SECTION));
        model.addAttribute("jobs", cards);
        return "jobs/jobs";
    }

    @GetMapping("/jobs/{id}")
    String job(@PathVariable UUID id, Model model) {
        Job job = list.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("frame", frames.frame(job.title(), SECTION).under(SECTION, "/jobs"));
        model.addAttribute("job", job);
        model.addAttribute("card", JobCards.card(job, null, clock.instant()));
        return "jobs/job";
    }

    @PostMapping("/jobs/{id}/cancellation")
    String cancel(@PathVariable UUID id) {
        if (list.find(id).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        jobs.cancel(id, actor.actor());
        return "redirect:/jobs/" + id;
    }
}
