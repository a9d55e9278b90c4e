package io.perennial.platform.files;

import io.perennial.platform.web.CurrentActor;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
    private final Pictures pictures;
    private final CurrentActor actor;

    FileDelivery(Files files, Pictures pictures, CurrentActor actor) {
        this.files = files;
        this.pictures = pictures;
        this.actor = actor;
    }

    /** The address for saving. */
    @GetMapping("/files/{id}")
    void save(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        StoredFile file = readable(id).orElse(null);
        if (file == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        armour(response, ContentDisposition.attachment(), file.name());
        response.setContentType(ContentType.UNKNOWN);
        response.setContentLengthLong(file.bytes());
        files.copy(id, response.getOutputStream());
    }

    /** The address for showing a picture inside a page, made anew from its points; not there for any other file. */
    @GetMapping("/files/{id}/picture")
    void show(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        StoredFile file = readable(id).orElse(null);
        PictureCopy.Copy picture = file == null ? null : pictures.shown(file).orElse(null);
        if (file == null || picture == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        armour(response, ContentDisposition.inline(), file.name());
        response.setContentType(picture.type());
        response.setContentLength(picture.content().length);
        response.getOutputStream().write(picture.content());
    }

    /** A file that one may not see and a file that is not there look the same. */
    private Optional<StoredFile> readable(UUID id) {
        return files.find(id).filter(found -> files.mayRead(id, actor.actor()));
    }

    private static void armour(HttpServletResponse response, ContentDisposition.Builder how, String name) {
        response.setHeader("Content-Security-Policy", NOTHING_RUNS);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Download-Options", "noopen");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                how.filename(name, StandardCharsets.UTF_8).build().toString());
    }
}
