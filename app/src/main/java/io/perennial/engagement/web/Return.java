package io.perennial.engagement.web;

import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
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
        String page = ours ? back : "/accounts/" + account;
        if (page.startsWith("/accounts/")
                && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current) {
            new Notice(done, null, null).leave(current.getRequest());
        }
        RedirectView redirect = new RedirectView(page);
        redirect.setExpandUriTemplateVariables(false);
        redirect.setStatusCode(HttpStatus.SEE_OTHER);
        return new ModelAndView(redirect);
    }
}
