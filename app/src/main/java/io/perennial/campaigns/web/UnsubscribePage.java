package io.perennial.campaigns.web;

import io.perennial.campaigns.CampaignRefused;
import io.perennial.campaigns.Consents;
import io.perennial.campaigns.Readers;
import io.perennial.campaigns.Readers.Door;
import io.perennial.campaigns.Wish;
import io.perennial.mail.Purpose;
import io.perennial.platform.web.OpenPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where the link of a letter leads. Opening it changes nothing: mail programs and filters open links by themselves. Whatever is posted
 * to it is the reader's no, because a mail program's button says little else (RFC 8058): no cookie, no form token, no second question.
 */
@Controller
public class UnsubscribePage {

    private static final List<Integer> HOURS =
            IntStream.rangeClosed(0, 24).boxed().toList();

    private final Readers readers;

    UnsubscribePage(Readers readers) {
        this.readers = readers;
    }

    /** @param door null when the link leads nowhere @param said what just happened */
    public record View(
            @Nullable Door door,
            String action,
            @Nullable String said,
            @Nullable String problem,
            UnsubscribeWords words) {

        public List<Purpose> kinds() {
            return Arrays.stream(Purpose.values()).filter(Purpose::mayBeRefused).toList();
        }

        public Map<String, String> languages() {
            return new TreeMap<>(UnsubscribeWords.LANGUAGES);
        }

        public List<Integer> hours() {
            return HOURS;
        }

        /** Whether letters of the kind that brought the reader here still come. */
        public boolean comes() {
            return door != null && door.welcome().contains(door.purpose());
        }
    }

    @GetMapping("/unsubscribe/{token}")
    String door(@PathVariable String token, HttpServletRequest request, HttpServletResponse response, Model model) {
        return show(token, null, false, request, response, model);
    }

    @PostMapping("/unsubscribe/{token}")
    String stop(@PathVariable String token, HttpServletRequest request, HttpServletResponse response, Model model) {
        boolean done = readers.stop(token, Consents.ONE_CLICK);
        return show(token, done ? "stopped" : null, false, request, response, model);
    }

    @PostMapping("/unsubscribe/{token}/choices")
    String choose(
            @PathVariable String token,
            @RequestParam(name = "kind", required = false) @Nullable List<String> kinds,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(name = "day", required = false) @Nullable List<String> days,
            @RequestParam(defaultValue = "false") boolean only,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Set<Purpose> welcome = EnumSet.noneOf(Purpose.class);
        if (kinds != null) {
            kinds.forEach(key -> Purpose.find(key).ifPresent(welcome::add));
        }
        Door before = readers.door(token).orElse(null);
        try {
            // The button that takes a mistake back says nothing of hours.
            Wish wish = only && before != null ? before.wish() : wish(language, from, to, days);
            if (only && before != null) {
                welcome.addAll(before.welcome());
            }
            boolean done = readers.choose(token, welcome, wish);
            return show(token, done ? only ? "resumed" : "kept" : null, false, request, response, model);
        } catch (CampaignRefused never) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(token, null, true, request, response, model);
        }
    }

    private static Wish wish(String language, String from, String to, @Nullable List<String> days) {
        Integer begins = hour(from);
        Integer ends = hour(to);
        int chosen = 0;
        for (String day : days == null ? List.<String>of() : days) {
            if (day.matches("[0-6]")) {
                chosen |= 1 << Integer.parseInt(day);
            }
        }
        if (chosen == 0) {
            throw new CampaignRefused("No day was chosen.");
        }
        return new Wish(
                UnsubscribeWords.LANGUAGES.containsKey(language) ? language : null,
                begins == null || ends == null ? null : begins,
                begins == null || ends == null ? null : ends,
                chosen);
    }

    private static @Nullable Integer hour(String typed) {
        return typed.matches("\\d{1,2}") ? Integer.valueOf(typed) : null;
    }

    private String show(
            String token,
            @Nullable String happened,
            boolean refused,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Door door = readers.door(token).orElse(null);
        if (door == null) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        OpenPage.armour(response, true);
        response.setHeader("Cache-Control", "no-store");
        String language =
                door == null || door.language().isEmpty() ? request.getLocale().getLanguage() : door.language();
        UnsubscribeWords words = UnsubscribeWords.in(language);
        String kind = door == null ? "" : words.kind(door.purpose());
        String said = switch (happened == null ? "" : happened) {
            case "stopped" -> words.stopped().formatted(kind);
            case "resumed" -> words.resumed().formatted(kind);
            case "kept" -> words.kept();
            default -> null;
        };
        // Only what we made ourselves goes into the page's address.
        String action = door == null ? "" : "/unsubscribe/" + token;
        model.addAttribute("view", new View(door, action, said, refused ? words.refused() : null, words));
        return "campaigns/unsubscribe";
    }
}
