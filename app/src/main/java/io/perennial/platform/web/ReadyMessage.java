package io.perennial.platform.web;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the person at the terminal where to go next. */
@Component
class ReadyMessage {

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null) {
            System.out.printf(
                    "%nPerennial is ready: http://localhost:%d   (started in %.1f s; stop with Ctrl+C)%n",
                    context.getWebServer().getPort(),
                    event.getTimeTaken() == null ? 0 : event.getTimeTaken().toMillis() / 1000.0);
        }
    }
}
