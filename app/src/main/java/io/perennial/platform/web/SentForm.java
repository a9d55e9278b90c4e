package io.perennial.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/** A form that somebody sent, with the ways to answer it. Pages take it as a parameter. */
public record SentForm(HttpServletRequest request, HttpServletResponse response, Model model) {

    /**
     * Leads on after it was done.
     *
     * @param said on the next page, with undo, when something changed; null for nothing
     * @param change null when nothing did
     */
    public String done(@Nullable String said, @Nullable UUID change, String address) {
        if (said != null && change != null) {
            new Notice(said, change, null).leave(request);
        }
        return "redirect:" + address;
    }

    /** Says on the next page what cannot be undone, such as a letter that is on its way. */
    public void tell(String said) {
        new Notice(said, null, null).leave(request);
    }

    /**
     * Nothing was kept: the page comes again, as typed and with the reason.
     *
     * @return for that page
     */
    public Model refused() {
        response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
        return model;
    }

    /**
     * Nothing was kept, for somebody else was there first: the page comes again, as typed and with their news.
     *
     * @return for that page
     */
    public Model overtaken() {
        response.setStatus(HttpServletResponse.SC_CONFLICT);
        return model;
    }
}
