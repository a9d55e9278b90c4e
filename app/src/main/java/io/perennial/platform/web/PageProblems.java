package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * An address or form that no page understands leads people to an error page, not to the words of a program. Programs
 * are answered by {@link ApiProblems}, which comes first.
 */
@ControllerAdvice(annotations = Controller.class)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class PageProblems {

    /** A record that cannot exist is not there; any other part of the request is at fault itself. */
    @ExceptionHandler
    void unreadable(MethodArgumentTypeMismatchException e, HttpServletResponse response) throws IOException {
        boolean address = e.getParameter().hasParameterAnnotation(PathVariable.class);
        response.sendError(address ? HttpServletResponse.SC_NOT_FOUND : HttpServletResponse.SC_BAD_REQUEST);
    }

    @ExceptionHandler
    void incomplete(MissingServletRequestParameterException e, HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
}
