package io.perennial.engagement;

import io.perennial.platform.web.FormValues;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What was typed to add a task, kept as typed. */
public record TaskForm(
        String title, String dueOn, String note, @Nullable String problem) {

    public static TaskForm empty() {
        return new TaskForm("", "", "", null);
    }

    public TaskForm with(String reason) {
        return new TaskForm(title, dueOn, note, reason);
    }

    /** @throws IllegalArgumentException with a message for people when the day is none */
    public Tasks.NewTask toTask() {
        return new Tasks.NewTask(title, note.isBlank() ? null : note.strip(), "task", day(dueOn), null, null);
    }

    /** @throws IllegalArgumentException as above */
    public static @Nullable LocalDate day(String text) {
        return FormValues.day(text, wrong -> new IllegalArgumentException("Write the day as 2026-12-01."));
    }
}
