package io.perennial.platform.files;

import io.perennial.platform.web.CurrentActor;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Hands files out to be saved. Only pictures, and only where a page shows one, are sent as what they are; whatever else a file
 * may be, the browser is told to save it, to believe no other type, and to run nothing of it.
 */
@Controller
class FileDelivery {

    private static final String NOTHING_RUNS =
            "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final Files files;
    private final CurrentActor actor;

    FileDelivery(Files files, CurrentActor actor) {
        this.files = files;
        this.actor = actor;
    }

    /** The address for saving. */
    @GetMapping("/files/{id}")
    void save(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        deliver(id, false, response);
    }

    /** The address for showing a picture inside a page; not there for any other file. */
    @GetMapping("/files/{id}/picture")
    void show(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        deliver(id, true, response);
    }

    /** A file that one may not see and a file that is not there look the same. */
    private void deliver(UUID id, boolean shown, HttpServletResponse response) throws IOException {
        StoredFile file = files.find(id)
                .filter(found -> !shown || found.isPicture())
                .filter(found -> files.mayRead(id, actor.actor()))
                .orElse(null);
        if (file == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("Content-Security-Policy", NOTHING_RUNS);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Download-Options", "noopen");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                (shown ? ContentDisposition.inline() : ContentDisposition.attachment())
                        .filename(file.name(), StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setContentType(shown ? file.type() : ContentType.UNKNOWN);
        response.setContentLengthLong(file.bytes());
        files.copy(id, response.getOutputStream());
    }
}
