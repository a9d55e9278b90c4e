package io.perennial.surveys.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What is not in the viewer's portfolio, or not at all, does not exist: 404 on every page of surveys. */
@ControllerAdvice(basePackageClasses = NotHere.class)
class NotHere {

    @ExceptionHandler(NoSuchElementException.class)
    void notHere(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
