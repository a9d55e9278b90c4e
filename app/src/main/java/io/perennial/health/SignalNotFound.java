package io.perennial.health;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such signal, or the viewer may not see its account. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public class SignalNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    SignalNotFound() {
        super("There is no such signal; it may belong to an account outside your portfolio.");
    }
}
