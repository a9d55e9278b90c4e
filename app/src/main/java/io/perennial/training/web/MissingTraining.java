package io.perennial.training.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What is not there, or lies outside the portfolio, is answered like any address that leads nowhere. */
@ControllerAdvice(assignableTypes = {TrainingPages.class, AccountTrainingPages.class})
class MissingTraining {

    @ExceptionHandler(NoSuchElementException.class)
    void nothing(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
