package io.perennial.engagement.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.engagement.capture.WaitingLetters;
import io.perennial.engagement.people.CaptureSettings;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Letters of colleagues to addresses that nobody knows: one click says whose they are. */
@Controller
public class LetterPages {

    private static final String PATH = "/engagement/letters";

    private final WaitingLetters letters;
    private final Accounts accounts;
    private final CaptureSettings settings;
    private final Frames frames;

    LetterPages(WaitingLetters letters, Accounts accounts, CaptureSettings settings, Frames frames) {
        this.letters = letters;
        this.accounts = accounts;
        this.settings = settings;
        this.frames = frames;
    }

    /** What the page shows. */
    public record View(
            List<WaitingLetters.Unknown> waiting,
            List<String> privately,
            String address,
            boolean mayWork,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            return EngagementNavigation.tabs(PATH);
        }
    }

    @GetMapping(PATH)
    String list(Viewer viewer, HttpServletRequest request, Model model) {
        model.addAttribute("frame", frames.frame("Letters", EngagementNavigation.ENGAGEMENT));
        model.addAttribute(
                "view",
                new View(
                        letters.list(viewer),
                        letters.privately(),
                        settings.address(),
                        viewer.role().mayWork(),
                        Notice.take(request)));
        return "engagement/letters";
    }

    @PostMapping("/engagement/letters/assignment")
    String assign(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String name) {
        AccountId id = find(account, viewer).orElse(null);
        if (id == null) {
            new Notice(
                            "There is no account \"" + account
                                    + "\" in your portfolio. Write its external id or choose from its page;"
                                    + " nothing was filed.",
                            null,
                            null)
                    .leave(request);
            return "redirect:" + PATH;
        }
        try {
            UUID change = letters.assign(address, id, name, viewer);
            String title = accounts.find(id, viewer).map(AccountCard::name).orElse("the account");
            new Notice("The letters of " + address + " are filed with " + title + ".", change, null).leave(request);
        } catch (IllegalArgumentException | NoSuchElementException problem) {
            new Notice(problem.getMessage() + " Nothing was filed.", null, null).leave(request);
        }
        return "redirect:" + PATH;
    }

    @PostMapping("/engagement/letters/privacy")
    String leave(Viewer viewer, HttpServletRequest request, @RequestParam(defaultValue = "") String pattern) {
        try {
            UUID change = letters.leave(pattern, viewer);
            new Notice("Letters with " + pattern + " are nobody's business from now on.", change, null).leave(request);
        } catch (IllegalArgumentException problem) {
            new Notice(problem.getMessage() + " Nothing was changed.", null, null).leave(request);
        }
        return "redirect:" + PATH;
    }

    private Optional<AccountId> find(String account, Viewer viewer) {
        if (account.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            AccountId id = new AccountId(UUID.fromString(account));
            return accounts.isVisible(id, viewer) ? Optional.of(id) : Optional.empty();
        }
        return accounts.named(account.strip(), viewer);
    }
}
