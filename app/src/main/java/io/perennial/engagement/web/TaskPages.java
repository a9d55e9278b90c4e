package io.perennial.engagement.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.engagement.TaskForm;
import io.perennial.engagement.Tasks;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Adds tasks and settles them. */
@Controller
class TaskPages {

    private final Tasks tasks;
    private final Accounts accounts;
    private final Frames frames;

    TaskPages(Tasks tasks, Accounts accounts, Frames frames) {
        this.tasks = tasks;
        this.accounts = accounts;
        this.frames = frames;
    }

    @PostMapping("/accounts/{id}/tasks")
    ModelAndView add(
            @PathVariable UUID id,
            Viewer viewer,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String dueOn,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "") String back) {
        AccountId account = new AccountId(id);
        AccountCard card =
                accounts.find(account, viewer).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        TaskForm form = new TaskForm(title, dueOn, note, null);
        try {
            tasks.create(account, form.toTask(), viewer);
        } catch (IllegalArgumentException e) {
            return again(card, form.with(String.valueOf(e.getMessage())));
        }
        return Return.to(back, account, "Task added.");
    }

    @PostMapping("/accounts/{id}/tasks/{task}/completion")
    ModelAndView complete(
            @PathVariable UUID id,
            @PathVariable UUID task,
            Viewer viewer,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String back) {
        tasks.complete(task, outcome, viewer);
        return Return.to(back, new AccountId(id), "Task done.");
    }

    @PostMapping("/accounts/{id}/tasks/{task}/snooze")
    ModelAndView snooze(
            @PathVariable UUID id,
            @PathVariable UUID task,
            Viewer viewer,
            @RequestParam LocalDate until,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String back) {
        try {
            tasks.snooze(task, until, reason, viewer);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage(), e);
        }
        return Return.to(back, new AccountId(id), "Task snoozed until " + until + ".");
    }

    @PostMapping("/accounts/{id}/tasks/{task}/reopening")
    ModelAndView reopen(
            @PathVariable UUID id,
            @PathVariable UUID task,
            Viewer viewer,
            @RequestParam(defaultValue = "") String back) {
        tasks.reopen(task, viewer);
        return Return.to(back, new AccountId(id), "Task opened again.");
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private ModelAndView again(AccountCard card, TaskForm form) {
        ModelAndView page = new ModelAndView(
                "engagement/addTaskAgain",
                Map.of(
                        "frame",
                        frames.frame("Add a task", "Accounts")
                                .under("Accounts", "/accounts")
                                .under(card.name(), "/accounts/" + card.id()),
                        "account",
                        card,
                        "form",
                        form));
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }
}
