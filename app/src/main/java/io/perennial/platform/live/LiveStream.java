package io.perennial.platform.live;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The event stream of open pages: {@code event: changed} with one name a line. A stream ends after half an hour and the
 * browser comes back by itself, so a session that has ended stops hearing anything.
 */
@Controller
class LiveStream {

    static final Duration HEARTBEAT = Duration.ofSeconds(25);
    static final Duration LONGEST = Duration.ofMinutes(30);

    private final OpenPages pages;

    LiveStream(OpenPages pages) {
        this.pages = pages;
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> stream(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Optional<OpenPage> page = pages.open(session == null ? request.getRemoteAddr() : session.getId());
        if (page.isEmpty()) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header(HttpHeaders.RETRY_AFTER, "60")
                    .build();
        }
        SseEmitter stream = new SseEmitter(0L);
        Thread.ofVirtual().name("live").start(() -> serve(page.get(), stream));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body(stream);
    }

    private void serve(OpenPage page, SseEmitter stream) {
        long end = System.nanoTime() + LONGEST.toNanos();
        stream.onCompletion(() -> pages.close(page));
        stream.onError(gone -> pages.close(page));
        try {
            stream.send(SseEmitter.event().comment("open").reconnectTime(3_000));
            while (!page.isClosed() && System.nanoTime() < end) {
                List<String> news = page.next(HEARTBEAT);
                if (page.isClosed()) {
                    break;
                }
                stream.send(
                        news.isEmpty()
                                ? SseEmitter.event().comment("still here")
                                : SseEmitter.event().name("changed").data(String.join("\n", news)));
            }
            stream.complete();
        } catch (IOException | IllegalStateException gone) {
            // The browser went away: nothing is owed to it.
            stream.complete();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            stream.complete();
        } finally {
            pages.close(page);
        }
    }
}
