package io.perennial.platform.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.servlet.HandlerInterceptor;

/** What is longer than a search on any page, which calls it {@code q}, is refused before anything is looked for. */
class SearchLength implements HandlerInterceptor {

    static final int LONGEST = 200;

    /** Attribute of a request that was refused. */
    static final String REFUSED = SearchLength.class.getName();

    private static final int UNPROCESSABLE = 422;

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (request.getDispatcherType() != DispatcherType.REQUEST
                || !request.getMethod().equals("GET")) {
            return true; // Looking for a parameter would read the body, and files of strangers with it.
        }
        String words = request.getParameter("q");
        if (words == null || words.length() <= LONGEST) {
            return true;
        }
        request.setAttribute(REFUSED, true);
        response.sendError(UNPROCESSABLE);
        return false;
    }
}
