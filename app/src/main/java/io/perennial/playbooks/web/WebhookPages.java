package io.perennial.playbooks.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.playbooks.PlaybookRefused;
import io.perennial.playbooks.Webhooks;
import io.perennial.playbooks.Webhooks.Webhook;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The addresses that playbooks may call. */
@Controller
public class WebhookPages {

    private final Webhooks webhooks;
    private final Frames frames;

    WebhookPages(Webhooks webhooks, Frames frames) {
        this.webhooks = webhooks;
        this.frames = frames;
    }

    /** @param secret shown once, right after it was made */
    public record View(
            List<Webhook> webhooks,
            boolean mayAdminister,
            String name,
            String url,
            @Nullable String secret,
            @Nullable String problem,
            @Nullable Notice notice) {}

    @GetMapping("/playbooks/webhooks")
    String list(Viewer viewer, HttpServletRequest request, Model model) {
        return show(viewer, "", "", null, null, Notice.take(request), model);
    }

    @PostMapping("/playbooks/webhooks")
    String enter(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String url,
            Model model) {
        try {
            String secret = webhooks.enter(name.strip(), url, viewer);
            response.setHeader("Cache-Control", "no-store");
            return show(viewer, name.strip(), "", secret, null, null, model);
        } catch (PlaybookRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, name, url, null, e.getMessage(), null, model);
        }
    }

    @PostMapping("/playbooks/webhooks/{name}/removal")
    String remove(Viewer viewer, HttpServletRequest request, @PathVariable String name) {
        webhooks.remove(name, viewer);
        new Notice("The webhook " + name + " is taken away; what still waited is not sent.", null, null).leave(request);
        return "redirect:/playbooks/webhooks";
    }

    private String show(
            Viewer viewer,
            String name,
            String url,
            @Nullable String secret,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        model.addAttribute(
                "frame", frames.frame("Webhooks", PlaybookNavigation.PLAYBOOKS).under("Playbooks", "/playbooks"));
        model.addAttribute(
                "view", new View(webhooks.all(), viewer.role().mayAdminister(), name, url, secret, problem, notice));
        return "playbooks/webhooks";
    }
}
