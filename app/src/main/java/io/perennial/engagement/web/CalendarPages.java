package io.perennial.engagement.web;

import io.perennial.engagement.meetings.CalendarFeeds;
import io.perennial.engagement.meetings.Meeting;
import io.perennial.engagement.meetings.Meetings;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.OpenPage;
import io.perennial.platform.web.PublicAddress;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Meetings out of calendars and into them. */
@Controller
public class CalendarPages {

    private static final String PATH = "/engagement/calendar";
    private static final int SHOWN = 100;

    private final Meetings meetings;
    private final CalendarFeeds feeds;
    private final PublicAddress address;
    private final Frames frames;

    CalendarPages(Meetings meetings, CalendarFeeds feeds, PublicAddress address, Frames frames) {
        this.meetings = meetings;
        this.feeds = feeds;
        this.address = address;
        this.frames = frames;
    }

    /**
     * What the page shows.
     *
     * @param fresh address that was just made, shown this once
     */
    public record View(
            List<Meeting> meetings,
            CalendarFeeds.@Nullable State feed,
            @Nullable String fresh,
            boolean mayWork,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            return EngagementNavigation.tabs(PATH);
        }
    }

    @GetMapping(PATH)
    String show(Viewer viewer, HttpServletRequest request, Model model) {
        return page(viewer, null, Notice.take(request), model);
    }

    /** Answers with the page itself: the address is shown once and stands in no session and no history. */
    @PostMapping("/engagement/calendar/feed")
    String make(Viewer viewer, HttpServletResponse response, Model model) {
        String path = feeds.make(viewer);
        response.setHeader("Cache-Control", "no-store");
        return page(viewer, address.of(path).orElse(path), null, model);
    }

    @PostMapping("/engagement/calendar/feed/revocation")
    String revoke(Viewer viewer, HttpServletRequest request) {
        boolean gone = feeds.revoke(viewer);
        new Notice(gone ? "The calendar address is dead." : "There was no calendar address.", null, null)
                .leave(request);
        return "redirect:" + PATH;
    }

    @PostMapping("/engagement/calendar/files")
    String upload(Viewer viewer, HttpServletRequest request, @RequestParam @Nullable MultipartFile file)
            throws IOException {
        String said;
        if (file == null || file.isEmpty()) {
            said = "Choose a calendar file first. Nothing was taken.";
        } else {
            try (InputStream content = file.getInputStream()) {
                said = meetings.upload(content, viewer).sentence();
            } catch (IllegalArgumentException none) {
                said = String.valueOf(none.getMessage());
            }
        }
        new Notice(said, null, null).leave(request);
        return "redirect:" + PATH;
    }

    @GetMapping("/engagement/meetings/{id}.ics")
    ResponseEntity<byte[]> meeting(@PathVariable UUID id, Viewer viewer) {
        try {
            return file(feeds.ofMeeting(id, viewer), "meeting.ics");
        } catch (NoSuchElementException none) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, none);
        }
    }

    @GetMapping("/engagement/tasks/{id}.ics")
    ResponseEntity<byte[]> task(@PathVariable UUID id, Viewer viewer) {
        try {
            return file(feeds.ofTask(id, viewer), "task.ics");
        } catch (NoSuchElementException none) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, none);
        }
    }

    /** For calendar programs, which cannot sign in: the address is the secret. */
    @GetMapping(CalendarFeeds.PATH + "{token}")
    ResponseEntity<byte[]> feed(@PathVariable String token, HttpServletResponse response) {
        OpenPage.armour(response, false);
        if (feeds.isCrowded()) {
            return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header("Retry-After", "60")
                    .build();
        }
        return feeds.read(token)
                .map(text -> file(text, "perennial.ics"))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private static ResponseEntity<byte[]> file(String text, String name) {
        return ResponseEntity.ok()
                .header("Content-Type", "text/calendar; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "private, no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    private String page(Viewer viewer, @Nullable String fresh, @Nullable Notice notice, Model model) {
        model.addAttribute("frame", frames.frame("Calendar", EngagementNavigation.ENGAGEMENT));
        model.addAttribute(
                "view",
                new View(
                        meetings.next(null, viewer, SHOWN),
                        feeds.state(viewer).orElse(null),
                        fresh,
                        viewer.role().mayWork(),
                        notice));
        return "engagement/calendar";
    }
}
