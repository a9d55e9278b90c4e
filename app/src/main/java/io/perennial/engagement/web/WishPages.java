package io.perennial.engagement.web;

import io.perennial.engagement.people.ContactWishes;
import io.perennial.engagement.people.ContactWishes.Wish;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Writes down how people wish to be reached. */
@Controller("contactWishPages")
class WishPages {

    private final ContactWishes wishes;

    WishPages(ContactWishes wishes) {
        this.wishes = wishes;
    }

    @PostMapping("/accounts/{id}/contacts/{contact}/wish")
    String keep(
            @PathVariable UUID id,
            @PathVariable UUID contact,
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "any") String channel,
            @RequestParam(required = false) @Nullable List<String> day,
            @RequestParam(defaultValue = "") String fromHour,
            @RequestParam(defaultValue = "") String toHour,
            @RequestParam(defaultValue = "") String note) {
        try {
            String said = note.replace("\0", "").strip();
            Wish wish = new Wish(
                    channel, day == null ? List.of() : day, hour(fromHour), hour(toHour), said.isEmpty() ? null : said);
            UUID change = wishes.keep(new AccountId(id), contact, wish, viewer);
            new Notice(change == null ? "That is known already." : "Written down.", change, null).leave(request);
        } catch (NoSuchElementException none) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, none);
        } catch (IllegalArgumentException problem) {
            new Notice(problem.getMessage() + " Nothing was changed.", null, null).leave(request);
        }
        return "redirect:/accounts/" + id + "?tab=people";
    }

    private static @Nullable Integer hour(String text) {
        if (text.isBlank()) {
            return null;
        }
        if (!text.strip().matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException("Write hours as 9 or 17.");
        }
        return Integer.parseInt(text.strip());
    }
}
