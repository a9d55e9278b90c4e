package io.perennial.defects.web;

import io.perennial.defects.Defect;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.Defects;
import io.perennial.defects.notices.Choices;
import io.perennial.defects.notices.CustomerNotice;
import io.perennial.defects.notices.CustomerNotice.State;
import io.perennial.defects.notices.NoticeKind;
import io.perennial.defects.notices.NoticeLetters;
import io.perennial.defects.notices.Notices;
import io.perennial.defects.notices.Readership;
import io.perennial.defects.notices.Readership.Count;
import io.perennial.defects.notices.Readership.Counts;
import io.perennial.defects.notices.Readership.Reader;
import io.perennial.identity.Viewer;
import io.perennial.knowledge.Language;
import io.perennial.mail.Delivery;
import io.perennial.mail.Outbox;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Puts together what the page of a notice shows. */
@Component
public class NoticePage {

    private final Notices notices;
    private final NoticeLetters letters;
    private final Choices choices;
    private final Defects defects;
    private final Outbox outbox;
    private final Frames frames;

    NoticePage(Notices notices, NoticeLetters letters, Choices choices, Defects defects, Outbox outbox, Frames frames) {
        this.notices = notices;
        this.letters = letters;
        this.choices = choices;
        this.defects = defects;
        this.outbox = outbox;
        this.frames = frames;
    }

    /** @param getsIt whom to list; @param sample language of the sample letter */
    record Look(boolean getsIt, int page, String sample) {

        static final Look FIRST = new Look(true, 1, "");
    }

    /**
     * @param form null when it is no draft any more or the viewer may not write
     * @param deliveries by letter
     * @param mayAct whether this viewer sends, pauses and cancels this one
     */
    public record View(
            CustomerNotice notice,
            @Nullable Defect defect,
            @Nullable NoticeForm form,
            Choices.Offer offer,
            Counts counts,
            List<Count> proof,
            List<Reader> readers,
            boolean getsIt,
            int page,
            Map<UUID, Delivery> deliveries,
            NoticeLetters.Sample sample,
            String sampleLanguage,
            boolean mayAct,
            @Nullable String problem,
            @Nullable Notice said) {

        public String address() {
            return "/notices/" + notice.id();
        }

        public boolean draft() {
            return notice.state() == State.DRAFT;
        }

        public boolean more() {
            return readers.size() == Readership.PAGE;
        }

        public List<NoticeKind> kinds() {
            return notice.kind() == NoticeKind.FIX ? List.of(NoticeKind.FIX) : NoticeKind.CHOSEN;
        }

        public List<Language> languages() {
            return Language.ALL;
        }

        /** Of the form, the main language first. */
        public List<Map.Entry<String, CustomerNotice.Text>> texts(NoticeForm shown) {
            return shown.texts().entrySet().stream()
                    .sorted(Comparator.comparing(entry -> !entry.getKey().equals(notice.mainLanguage())))
                    .toList();
        }

        public String language(String code) {
            return Language.of(code).title();
        }

        /** What became of a letter, in words. */
        public String proofOf(Reader reader) {
            Delivery delivery = reader.letter() == null ? null : deliveries.get(reader.letter());
            if (delivery == null) {
                return reader.why().isEmpty() ? "waits for its turn" : reader.why();
            }
            return delivery.state().title() + (delivery.words() == null ? "" : ": " + delivery.words());
        }

        public @Nullable String toneOf(Reader reader) {
            Delivery delivery = reader.letter() == null ? null : deliveries.get(reader.letter());
            return delivery == null
                    ? null
                    : switch (delivery.state()) {
                        case ACCEPTED -> "healthy";
                        case BOUNCED, FAILED -> "at-risk";
                        case WITHHELD -> "watch";
                        default -> null;
                    };
        }

        /** How a state of letters reads. */
        public String stateTitle(String state) {
            return Delivery.State.valueOf(state.toUpperCase(Locale.ROOT)).title();
        }

        public String chosen(List<String> words, String one) {
            return words.stream().anyMatch(one::equalsIgnoreCase) ? "true" : "";
        }
    }

    String show(
            Viewer viewer,
            UUID id,
            @Nullable NoticeForm typed,
            Look look,
            @Nullable String problem,
            @Nullable Notice said,
            Model model) {
        CustomerNotice notice = notices.find(id).orElseThrow(DefectPage::none);
        boolean theirs = viewer.everything() || viewer.memberId().equals(notice.onlyOwner());
        boolean mayAct = DefectEditing.mayWrite(viewer) && theirs;
        boolean draft = notice.state() == State.DRAFT;
        boolean sees = !draft || theirs;
        Counts counts = !sees ? new Counts(List.of()) : draft ? notices.preview(notice) : notices.kept(id, viewer);
        List<Reader> readers = !sees
                ? List.of()
                : draft
                        ? notices.preview(notice, look.getsIt(), look.page())
                        : notices.kept(id, look.getsIt(), look.page(), viewer);
        Map<UUID, Delivery> deliveries = new HashMap<>();
        List<UUID> posted =
                readers.stream().map(Reader::letter).filter(Objects::nonNull).toList();
        outbox.deliveries(posted).forEach(delivery -> deliveries.put(delivery.letter(), delivery));
        String language = notice.texts().containsKey(look.sample()) ? look.sample() : notice.mainLanguage();
        Defect defect =
                notice.defect() == null ? null : defects.find(notice.defect()).orElse(null);
        model.addAttribute(
                "frame", frames.frame(notice.title(), DefectNavigation.NOTICES).under("Notices", "/notices"));
        model.addAttribute(
                "view",
                new View(
                        notice,
                        defect,
                        draft && mayAct ? typed == null ? NoticeForm.of(notice) : typed : null,
                        choices.offer(),
                        counts,
                        draft ? List.of() : notices.proof(id, viewer),
                        readers,
                        look.getsIt(),
                        Math.max(1, look.page()),
                        deliveries,
                        letters.sample(notice, language, "UTC"),
                        language,
                        mayAct,
                        problem,
                        said));
        return "defects/notice";
    }
}
