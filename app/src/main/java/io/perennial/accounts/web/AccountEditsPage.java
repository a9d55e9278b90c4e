package io.perennial.accounts.web;

import io.perennial.accounts.edit.AccountEdits;
import io.perennial.accounts.edit.AccountEdits.CannotEdit;
import io.perennial.accounts.edit.AccountEdits.Edited;
import io.perennial.accounts.edit.Field;
import io.perennial.accounts.list.ListView;
import io.perennial.identity.Viewer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Changes from the accounts table and the account page; afterwards the page that was left is shown again. */
@Controller
class AccountEditsPage {

    private final AccountEdits edits;

    AccountEditsPage(AccountEdits edits) {
        this.edits = edits;
    }

    @PostMapping("/accounts/edits")
    String edit(
            Viewer viewer,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(name = "account", required = false) @Nullable List<UUID> accounts,
            @RequestParam(defaultValue = "false") boolean everything,
            @RequestParam(name = "field") String fieldName,
            @RequestParam(defaultValue = "") String value) {
        ListView view = QueryText.parse(query);
        return "redirect:" + view.url() + (view.query().isEmpty() ? "?" : "&") + "done="
                + encoded(outcome(() -> {
                    Field field = field(fieldName);
                    Edited edited = everything
                            ? edits.editAll(view, field, value, viewer)
                            : edits.edit(accounts == null ? List.of() : accounts, field, value, viewer);
                    return edited.words();
                }));
    }

    @PostMapping("/accounts/{account}/fields")
    String editOne(
            Viewer viewer,
            @PathVariable UUID account,
            @RequestParam(name = "field") String fieldName,
            @RequestParam(defaultValue = "") String value) {
        return "redirect:/accounts/" + account + "?done="
                + encoded(outcome(() -> edits.edit(List.of(account), field(fieldName), value, viewer)
                        .words()));
    }

    private static Field field(String name) {
        return Field.named(name).orElseThrow(() -> new BadField(name));
    }

    private static String outcome(java.util.function.Supplier<String> edit) {
        try {
            return edit.get();
        } catch (CannotEdit | BadField e) {
            return "Nothing was changed. " + e.getMessage();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static final class BadField extends RuntimeException {
        BadField(String name) {
            super("There is no field \"" + name + "\" to edit here.");
        }
    }
}
