package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** People who asked for a page get an error page; problem details stay with programs. */
@Component
class PageErrors implements HandlerExceptionResolver, Ordered {

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception problem) {
        String accepted = request.getHeader("Accept");
        boolean wantsPage = accepted != null && accepted.contains("text/html");
        if (!wantsPage || request.getRequestURI().startsWith("/api/") || !(problem instanceof ErrorResponse known)) {
            return null;
        }
        try {
            response.sendError(known.getStatusCode().value());
            return new ModelAndView();
        } catch (IOException | IllegalStateException tooLate) {
            return null;
        }
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
