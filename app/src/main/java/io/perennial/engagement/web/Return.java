package io.perennial.engagement.web;

import io.perennial.shared.AccountId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** After a form: back to the page it stood on. */
final class Return {

    private Return() {}

    /**
     * @param back path of this product; anything else leads to the account
     * @param done what the account's page says was done
     */
    static ModelAndView to(String back, AccountId account, String done) {
        boolean ours = back.startsWith("/")
                && !back.startsWith("//")
                && back.chars().noneMatch(sign -> sign < ' ' || sign == '\\');
        RedirectView redirect = new RedirectView(
                ours ? back : "/accounts/" + account + "?done=" + URLEncoder.encode(done, StandardCharsets.UTF_8));
        redirect.setExpandUriTemplateVariables(false);
        redirect.setStatusCode(HttpStatus.SEE_OTHER);
        return new ModelAndView(redirect);
    }
}
