package io.perennial.defects.web;

import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectMoved;
import io.perennial.defects.DefectRefused;
import io.perennial.defects.notices.CustomerNotice;
import io.perennial.defects.notices.CustomerNotice.State;
import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.defects.notices.NoticeDispatch;
import io.perennial.defects.notices.NoticeKind;
import io.perennial.defects.notices.Notices;
import io.perennial.defects.notices.ReleasedFixes;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Notices: the list, and one with its draft, its readers and its proof. */
@Controller
public class NoticePages {

    private final Notices notices;
    private final NoticeDispatch dispatch;
    private final ReleasedFixes fixes;
    private final NoticePage page;
    private final Frames frames;

    NoticePages(Notices notices, NoticeDispatch dispatch, ReleasedFixes fixes, NoticePage page, Frames frames) {
        this.notices = notices;
        this.dispatch = dispatch;
        this.fixes = fixes;
        this.page = page;
        this.frames = frames;
    }

    /** @param untold fixes that are out and not announced @param key of the form that begins one */
    public record View(
            List<CustomerNotice> notices,
            List<ReleasedFixes.Untold> untold,
            String state,
            String kind,
            String key,
            boolean mayWrite,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<State> states() {
            return List.of(State.values());
        }

        public List<NoticeKind> kinds() {
            return List.of(NoticeKind.values());
        }
    }

    @GetMapping("/notices")
    String list(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String kind,
            Model model) {
        return list(viewer, state, kind, null, Notice.take(request), model);
    }

    private String list(
            Viewer viewer, String state, String kind, @Nullable String problem, @Nullable Notice notice, Model model) {
        String known = Arrays.stream(State.values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .filter(state::equals)
                .findFirst()
                .orElse("");
        String about = NoticeKind.find(kind).map(NoticeKind::key).orElse("");
        model.addAttribute("frame", frames.frame("Notices", DefectNavigation.NOTICES));
        model.addAttribute(
                "view",
                new View(
                        notices.latest(known, about),
                        DefectEditing.mayWrite(viewer) ? fixes.untold(viewer) : List.of(),
                        known,
                        about,
                        Ids.next().toString(),
                        DefectEditing.mayWrite(viewer),
                        problem,
                        notice));
        return "defects/notices";
    }

    @PostMapping("/notices")
    String begin(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "update") String kind,
            @RequestParam(defaultValue = "") String defect,
            @RequestParam(defaultValue = "") String key,
            Model model) {
        NoticeKind wanted = NoticeKind.find(kind).orElse(NoticeKind.UPDATE);
        UUID about = Ids.read(defect).orElse(null);
        try {
            return "redirect:/notices/" + notices.begin(wanted, about, key, viewer);
        } catch (DefectRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return list(viewer, "", "", e.getMessage(), null, model);
        }
    }

    @GetMapping("/notices/{id}")
    String view(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "gets") String show,
            @RequestParam(defaultValue = "1") int readers,
            @RequestParam(defaultValue = "") String sample,
            Model model) {
        return page.show(
                viewer,
                id,
                null,
                new NoticePage.Look(!show.equals("not"), readers, sample),
                null,
                Notice.take(request),
                model);
    }

    @PostMapping("/notices/{id}")
    String save(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> typed,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam(defaultValue = "") String add,
            Model model) {
        CustomerNotice known = notices.find(id).orElseThrow(DefectPage::none);
        NoticeForm form = NoticeForm.of(typed, known);
        if (add.matches("[a-z]{2}")) {
            form.texts().putIfAbsent(add, new Text("", ""));
            return page.show(viewer, id, form, NoticePage.Look.FIRST, null, null, model);
        }
        return verb(viewer, response, id, form, model, () -> {
            notices.save(id, seen, form.draft(), viewer);
            new Notice("The draft is kept. Below is who would get it.", null, null).leave(request);
        });
    }

    @PostMapping("/notices/{id}/sending")
    String send(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam(defaultValue = "") String people,
            Model model) {
        return verb(viewer, response, id, null, model, () -> {
            String number = people.strip().replaceAll("[,. ]", "");
            if (!number.matches("\\d{1,9}")) {
                throw new DefectRefused("To send it, type how many people get it.");
            }
            dispatch.send(id, seen, Long.parseLong(number), viewer);
            new Notice("It is on its way. This page says what became of each letter.", null, null).leave(request);
        });
    }

    @PostMapping("/notices/{id}/pause")
    String pause(Viewer viewer, HttpServletResponse response, @PathVariable UUID id, Model model) {
        return verb(viewer, response, id, null, model, () -> dispatch.pause(id, viewer));
    }

    @PostMapping("/notices/{id}/continuation")
    String goOn(Viewer viewer, HttpServletResponse response, @PathVariable UUID id, Model model) {
        return verb(viewer, response, id, null, model, () -> dispatch.goOn(id, viewer));
    }

    @PostMapping("/notices/{id}/cancellation")
    String cancel(Viewer viewer, HttpServletResponse response, @PathVariable UUID id, Model model) {
        return verb(viewer, response, id, null, model, () -> dispatch.cancel(id, viewer));
    }

    @PostMapping("/notices/{id}/removal")
    String discard(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            Model model) {
        try {
            notices.discard(id, viewer);
            new Notice("The draft is gone.", null, null).leave(request);
            return "redirect:/notices";
        } catch (DefectRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return page.show(viewer, id, null, NoticePage.Look.FIRST, e.getMessage(), null, model);
        }
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private String verb(
            Viewer viewer,
            HttpServletResponse response,
            UUID id,
            @Nullable NoticeForm form,
            Model model,
            Runnable work) {
        try {
            work.run();
            return "redirect:/notices/" + id;
        } catch (DefectMoved e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            return page.show(viewer, id, form, NoticePage.Look.FIRST, e.getMessage(), null, model);
        } catch (DefectRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return page.show(viewer, id, form, NoticePage.Look.FIRST, e.getMessage(), null, model);
        }
    }
}
