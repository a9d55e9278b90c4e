package io.perennial.accounts.web;

import io.perennial.accounts.edit.AccountEdits;
import io.perennial.accounts.edit.AccountEdits.CannotEdit;
import io.perennial.accounts.edit.AccountEdits.Edited;
import io.perennial.accounts.edit.Field;
import io.perennial.accounts.list.ListView;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
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
            @RequestParam(required = false) @Nullable Set<UUID> except,
            @RequestParam(defaultValue = "false") boolean everything,
            @RequestParam(name = "field") String field,
            @RequestParam(defaultValue = "") String value,
            HttpServletRequest request) {
        ListView view = QueryText.parse(query);
        tried(() -> everything
                        ? edits.editAll(view, except == null ? Set.of() : except, field(field), value, viewer)
                        : edits.edit(accounts == null ? List.of() : accounts, field(field), value, viewer))
                .leave(request);
        return "redirect:" + view.url();
    }

    @PostMapping("/accounts/{account}/fields")
    String editOne(
            Viewer viewer,
            @PathVariable UUID account,
            @RequestParam(name = "field") String field,
            @RequestParam(defaultValue = "") String value,
            HttpServletRequest request) {
        tried(() -> edits.edit(List.of(account), field(field), value, viewer)).leave(request);
        return "redirect:/accounts/" + account;
    }

    private static Field field(String name) {
        return Field.named(name).orElseThrow(() -> new BadField(name));
    }

    private static Notice tried(Supplier<Edited> edit) {
        try {
            Edited edited = edit.get();
            return new Notice(edited.words(), edited.change(), edited.job());
        } catch (CannotEdit | BadField e) {
            return new Notice("Nothing was changed. " + e.getMessage(), null, null);
        }
    }

    private static final class BadField extends RuntimeException {
        BadField(String name) {
            super("There is no field \"" + name + "\" to edit here.");
        }
    }
}
