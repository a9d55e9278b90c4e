package io.perennial.statements;

import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it stands.
 *
 * @param until first day that is not in it any more
 * @param number of the version that {@code lines} are
 * @param lines as they were known at {@code madeAt}
 */
public record Statement(
        UUID id,
        AccountId account,
        String accountName,
        @Nullable String owner,
        LocalDate from,
        LocalDate until,
        String state,
        int number,
        String note,
        @Nullable Instant approvedAt,
        @Nullable String approvedBy,
        Instant madeAt,
        String madeBy,
        int version,
        List<Line> lines) {

    /** {@code 1 Jul 2026 to 30 Sep 2026}. */
    public String period() {
        return Period.words(from, until);
    }

    public List<Line> of(Section section) {
        return lines.stream()
                .filter(line -> line.section().equals(section.key()))
                .toList();
    }

    public boolean isDraft() {
        return state.equals("draft");
    }

    public String address() {
        return "/statements/" + id;
    }
}
