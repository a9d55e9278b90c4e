package io.perennial.campaigns.web;

import io.perennial.campaigns.CampaignPeople;
import io.perennial.campaigns.CampaignPeople.Part;
import io.perennial.campaigns.CampaignRefused;
import io.perennial.campaigns.Consent;
import io.perennial.campaigns.Consents;
import io.perennial.campaigns.Consents.Reader;
import io.perennial.campaigns.Wish;
import io.perennial.campaigns.Wishes;
import io.perennial.identity.Viewer;
import io.perennial.mail.Purpose;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What somebody at a customer said about letters, and which they got from campaigns. */
@Controller
public class ContactLettersPage {

    private final Consents consents;
    private final Wishes wishes;
    private final CampaignPeople people;
    private final Frames frames;

    ContactLettersPage(Consents consents, Wishes wishes, CampaignPeople people, Frames frames) {
        this.consents = consents;
        this.wishes = wishes;
        this.people = people;
        this.frames = frames;
    }

    public record View(
            Reader reader,
            String address,
            List<Consent> history,
            Wish wish,
            List<Part> campaigns,
            boolean mayAct,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<Purpose> purposes() {
            return Arrays.stream(Purpose.values()).filter(Purpose::mayBeRefused).toList();
        }

        /** What counts. */
        public @Nullable Consent latest(Purpose purpose) {
            return history.stream()
                    .filter(said -> said.purpose() == purpose)
                    .findFirst()
                    .orElse(null);
        }

        public String headline() {
            List<String> refused = purposes().stream()
                    .filter(purpose -> latest(purpose) instanceof Consent said && !said.granted())
                    .map(purpose -> purpose.title().toLowerCase(Locale.ROOT))
                    .toList();
            return refused.isEmpty()
                    ? history.isEmpty() ? "They said nothing about letters yet" : "They refused no letters"
                    : "They want no " + String.join(", ", refused);
        }

        /** In the middle of a sentence; null when the house decides everything. */
        public @Nullable String hours() {
            List<String> parts = new ArrayList<>();
            if (wish.fromHour() != null) {
                parts.add("from " + wish.fromHour() + " to " + wish.toHour() + " o'clock");
            }
            Integer days = wish.days();
            if (days != null) {
                List<String> names = UnsubscribeWords.in("en").days();
                parts.add("on "
                        + String.join(
                                ", ",
                                names.stream()
                                        .filter(day -> wish.writesOn(names.indexOf(day)))
                                        .toList()));
            }
            String language = wish.language();
            if (language != null) {
                parts.add("in " + UnsubscribeWords.LANGUAGES.getOrDefault(language, language));
            }
            return parts.isEmpty() ? null : String.join(", ", parts);
        }
    }

    @GetMapping("/contacts/{contact}/letters")
    String show(Viewer viewer, HttpServletRequest request, @PathVariable UUID contact, Model model) {
        return show(viewer, contact, null, Notice.take(request), model);
    }

    @PostMapping("/contacts/{contact}/letters")
    String record(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID contact,
            @RequestParam(defaultValue = "") String purpose,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String wording,
            Model model) {
        try {
            Purpose about = Purpose.find(purpose).orElseThrow(() -> new CampaignRefused("Say which letters."));
            if (!state.equals("granted") && !state.equals("refused")) {
                throw new CampaignRefused("Say whether they want them.");
            }
            UUID change = consents.record(
                    contact,
                    about,
                    state.equals("granted"),
                    source,
                    wording.isBlank() ? null : wording.strip(),
                    viewer);
            new Notice("Kept. It counts from now on.", change, null).leave(request);
            return "redirect:/contacts/" + contact + "/letters";
        } catch (CampaignRefused e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(viewer, contact, e.getMessage(), null, model);
        }
    }

    private String show(Viewer viewer, UUID contact, @Nullable String problem, @Nullable Notice notice, Model model) {
        Reader reader = consents.reader(contact, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such person in your portfolio."));
        Frame frame = frames.frame("Letters to " + reader.name(), CampaignNavigation.CAMPAIGNS)
                .under("People", "/accounts/" + reader.account() + "?tab=people");
        model.addAttribute("frame", frame);
        model.addAttribute(
                "view",
                new View(
                        reader,
                        "/contacts/" + contact + "/letters",
                        consents.history(reader),
                        wishes.of(contact),
                        people.of(contact),
                        viewer.role().mayWork(),
                        problem,
                        notice));
        return "campaigns/consents";
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
