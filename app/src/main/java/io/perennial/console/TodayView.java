package io.perennial.console;

import io.perennial.accounts.list.AccountRow;
import io.perennial.accounts.list.ListSummary;
import io.perennial.engagement.Task;
import io.perennial.health.Signal;
import io.perennial.health.signals.Urgency;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Today shows.
 *
 * @param book everything in the viewer's portfolio
 * @param rows the dearest accounts with a reason, most pressing first
 * @param waiting accounts whose facts changed and that are not judged yet, of the whole company
 * @param lastLook when the viewer last said "seen"; null before the first time
 * @param news signals that came up since
 */
public record TodayView(
        ListSummary book,
        List<Task> owed,
        List<Row> rows,
        int signals,
        int waiting,
        List<AccountRow> renewals,
        String renewalsUrl,
        @Nullable Instant lastLook,
        List<Signal> news,
        LocalDate today,
        boolean mayWork,
        boolean wholeCompany) {

    private static final int BEHIND = 20;

    /** A few are always on their way; many mean that what the page says is not all there is yet. */
    public boolean isBehind() {
        return waiting >= BEHIND;
    }

    /** @param others further signals of the same account */
    public record Row(Signal signal, int others) {}

    public List<Row> rows(Urgency urgency) {
        return rows.stream().filter(row -> row.signal().urgency() == urgency).toList();
    }

    public static String heading(Urgency urgency) {
        return switch (urgency) {
            case NOW -> "At risk: act now";
            case THIS_WEEK -> "This week";
            case SOON -> "Soon";
        };
    }
}
