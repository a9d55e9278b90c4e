package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Error pages in the frame. Each says what happened, what was kept and what to do next. */
@Component
public class ErrorPages implements ErrorViewResolver {

    private static final Explanation TOO_LONG = new Explanation(
            422,
            "search",
            "A search takes up to " + SearchLength.LONGEST + " characters",
            "Nothing was looked for. Go back and say it in fewer words.");

    private final Frames frames;

    ErrorPages(Frames frames) {
        this.frames = frames;
    }

    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        Explanation explanation = request.getAttribute(SearchLength.REFUSED) == null ? explain(status) : TOO_LONG;
        return new ModelAndView(
                "platform/error",
                Map.of("frame", frames.frame(explanation.title(), ""), "explanation", explanation),
                status);
    }

    private static Explanation explain(HttpStatus status) {
        return switch (status) {
            case FORBIDDEN, UNAUTHORIZED ->
                new Explanation(
                        status.value(),
                        "shield-lock",
                        "Your role does not open this page",
                        "Nothing was changed. Ask an administrator for the permission, or go back to your own work. "
                                + "If you had left this page open for long, reload it and try again.");
            case NOT_FOUND, GONE ->
                new Explanation(
                        status.value(),
                        "signpost",
                        "There is no page at this address",
                        "The record may have been removed or the link may be incomplete. Search for it by name, "
                                + "or look in Recent changes, where removals can be undone.");
            case PAYLOAD_TOO_LARGE, CONTENT_TOO_LARGE ->
                new Explanation(
                        status.value(),
                        "file-earmark-arrow-up",
                        "That file is larger than Perennial takes",
                        "Nothing was saved. Split the file and send the parts one after the other.");
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
                new Explanation(
                        status.value(),
                        "hourglass-split",
                        "Perennial is busy just now",
                        "Nothing was lost. Wait a moment and try again.");
            default ->
                status.is4xxClientError()
                        ? new Explanation(
                                status.value(),
                                "exclamation-circle",
                                "Perennial could not read that request",
                                "Nothing was changed. Go back, check what was entered and send it again.")
                        : new Explanation(
                                status.value(),
                                "exclamation-octagon",
                                "Something went wrong on our side",
                                "What you had saved before is safe. Try again; if it happens twice, tell your "
                                        + "administrator the time and this address.");
        };
    }

    /** What an error page tells. */
    public record Explanation(int status, String icon, String title, String text) {}
}
