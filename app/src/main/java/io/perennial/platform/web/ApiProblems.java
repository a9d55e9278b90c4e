package io.perennial.platform.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every refusal of a REST controller as problem details; nothing of our inside goes out. */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiProblems {

    /** Refusals come from interceptors too, in front of paths that no controller knows. */
    @RestControllerAdvice
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static class Everywhere {

        @ExceptionHandler
        ResponseEntity<ProblemDetail> refused(ApiProblem problem) {
            return ApiProblems.answer(problem);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

    private static ResponseEntity<ProblemDetail> answer(ApiProblem problem) {
        ProblemDetail body = ProblemDetail.forStatus(problem.status());
        body.setType(URI.create("/problems/" + problem.code().replace('_', '-')));
        body.setTitle(problem.title());
        body.setDetail(problem.detail());
        if (!problem.errors().isEmpty()) {
            body.setProperty(
                    "errors",
                    problem.errors().stream()
                            .map(error -> Map.of(
                                    "field", error.field(),
                                    "code", error.code(),
                                    "message", error.message(),
                                    "value", error.value()))
                            .toList());
        }
        HttpHeaders headers = new HttpHeaders();
        problem.headers().forEach(headers::set);
        return answer(problem.status(), headers, body);
    }

    /** Names and values that Spring Security or Tomcat do not even let us read. */
    @ExceptionHandler({RequestRejectedException.class, InvalidParameterException.class})
    ResponseEntity<ProblemDetail> unreadable(RuntimeException e) {
        return answer(new ApiProblem(
                400,
                "bad_parameter",
                "A query parameter cannot be read",
                "Names and values hold no control characters and are encoded as UTF-8."));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> busy(ConcurrencyFailureException e) {
        LOG.warn("A request gave way to others that wrote the same rows");
        return answer(new ApiProblem(
                503,
                "busy",
                "Others are writing the same records",
                "Nothing was written. Send it again in a moment.",
                List.of(),
                Map.of("Retry-After", "1")));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(Exception e) throws Exception {
        if (e instanceof AccessDeniedException || e instanceof AuthenticationException) {
            throw e;
        }
        if (e instanceof ApiProblem problem) {
            return answer(problem);
        }
        if (e instanceof ErrorResponse known) {
            return answer(known.getStatusCode().value(), known.getHeaders(), known.getBody());
        }
        LOG.error("A request of the API failed", e);
        return answer(new ApiProblem(
                500, "failed", "Something went wrong on our side", "Nothing was written. The log has the reason."));
    }

    private static ResponseEntity<ProblemDetail> answer(int status, HttpHeaders headers, ProblemDetail body) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }
}
