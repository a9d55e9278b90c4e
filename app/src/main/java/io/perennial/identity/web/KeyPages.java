package io.perennial.identity.web;

import io.perennial.identity.Viewer;
import io.perennial.identity.keys.ApiKeys;
import io.perennial.identity.keys.Scope;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** API keys of the company: made, shown once, revoked. */
@Controller
public class KeyPages {

    private final ApiKeys keys;
    private final Frames frames;

    KeyPages(ApiKeys keys, Frames frames) {
        this.keys = keys;
        this.frames = frames;
    }

    /** @param fresh the key that was just made, to be shown once */
    public record Page(
            List<ApiKeys.Listed> keys,
            @Nullable String fresh,
            @Nullable String problem,
            String name,
            Set<Scope> scopes) {

        public boolean wants(String scope) {
            return Scope.of(scope).filter(scopes::contains).isPresent();
        }
    }

    @GetMapping("/admin/keys")
    String list(Viewer viewer, HttpServletRequest request, Model model) {
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, null, null, "", Set.of(), model);
    }

    @PostMapping("/admin/keys")
    String create(
            Viewer viewer,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> scope,
            HttpServletResponse response,
            Model model) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        scope.forEach(text -> Scope.of(text).ifPresent(scopes::add));
        try {
            return show(viewer, keys.create(viewer, name, scopes), null, "", Set.of(), model);
        } catch (IllegalArgumentException refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, null, refused.getMessage(), name, scopes, model);
        }
    }

    @PostMapping("/admin/keys/{id}/revocation")
    String revoke(Viewer viewer, @PathVariable UUID id, HttpServletRequest request) {
        keys.revoke(viewer, id);
        new Notice("The key is revoked. Programs that send it are refused from now on.", null, null).leave(request);
        return "redirect:/admin/keys";
    }

    private String show(
            Viewer viewer,
            @Nullable String fresh,
            @Nullable String problem,
            String name,
            Set<Scope> scopes,
            Model model) {
        model.addAttribute("frame", frames.frame("API keys", "API keys"));
        model.addAttribute("page", new Page(keys.list(viewer), fresh, problem, name, Set.copyOf(scopes)));
        return "identity/keys";
    }
}
