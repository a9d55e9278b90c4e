package io.perennial.cases.web;

import io.perennial.cases.desk.Conversation;
import io.perennial.cases.desk.Seen;
import io.perennial.cases.desk.Uploads;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.CutForm;
import io.perennial.platform.web.SentForm;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** What is said on a case, and the files that go with it. */
@Controller
class ConversationPage {

    private final Conversation conversation;
    private final Uploads uploads;
    private final QueueRun run;
    private final CaseCommands commands;

    ConversationPage(Conversation conversation, Uploads uploads, QueueRun run, CaseCommands commands) {
        this.conversation = conversation;
        this.uploads = uploads;
        this.run = run;
        this.commands = commands;
    }

    @PostMapping("/cases/{id}/messages")
    String say(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "reply") String kind,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "theirs") String turn,
            @RequestParam(defaultValue = "") String promise,
            @RequestParam(defaultValue = "") String seen,
            @RequestParam(defaultValue = "") String draft,
            @RequestParam(required = false) @Nullable List<MultipartFile> files) {
        CaseScreens.Written written = new CaseScreens.Written(kind, body, draft, null);
        Optional<UUID> next = kind.equals("reply") && turn.equals("theirs")
                ? run.following(id, viewer, sent.request())
                : Optional.empty();
        String where = commands.run(viewer, sent, id, written, null, () -> {
            CutForm.refuse(sent.request());
            switch (kind) {
                case "note" -> conversation.note(id, draft, body, viewer);
                case "customer" -> conversation.heard(id, draft, body, viewer);
                default -> {
                    // First and by themselves: an answer that is refused keeps its files.
                    keep(id, draft, files, viewer);
                    conversation.reply(
                            id,
                            new Conversation.Reply(
                                    draft, Seen.parse(seen), body, turn.equals("theirs"), CaseCommands.time(promise)),
                            viewer);
                }
            }
            return null;
        });
        return CaseCommands.onwards(where, next);
    }

    /** Keeps files for an answer that is still being written, or takes one away again. */
    @PostMapping("/cases/{id}/files")
    String files(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "") String draft,
            @RequestParam(required = false) @Nullable UUID remove,
            @RequestParam(required = false) @Nullable List<MultipartFile> files) {
        CaseScreens.Written written = new CaseScreens.Written("reply", body, draft, null);
        return commands.stay(viewer, sent, id, written, () -> {
            CutForm.refuse(sent.request());
            if (remove == null) {
                keep(id, draft, files, viewer);
            } else {
                uploads.remove(id, draft, remove, viewer);
            }
        });
    }

    private void keep(UUID id, String draft, @Nullable List<MultipartFile> files, Viewer viewer) {
        for (MultipartFile file : Objects.requireNonNullElse(files, List.<MultipartFile>of())) {
            String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
            // A form without a chosen file sends one that has neither name nor content.
            if (!name.isBlank() || file.getSize() > 0) {
                try (InputStream content = file.getInputStream()) {
                    uploads.add(id, draft, name, content, viewer);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
