package io.perennial.platform.web;

import java.util.List;
import java.util.Map;

/**
 * A refusal of the API, answered as RFC 9457 problem details. The type is {@code /problems/} and the code with
 * hyphens.
 */
public final class ApiProblem extends RuntimeException {

    private final int status;
    private final String code;
    private final String title;
    private final List<Field> errors;
    private final Map<String, String> headers;

    /**
     * @param field name of the column, parameter or header at fault; empty when the whole is meant
     * @param value as it arrived, shortened
     */
    public record Field(String field, String code, String message, String value) {}

    public ApiProblem(int status, String code, String title, String detail) {
        this(status, code, title, detail, List.of(), Map.of());
    }

    public ApiProblem(
            int status, String code, String title, String detail, List<Field> errors, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Field> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
