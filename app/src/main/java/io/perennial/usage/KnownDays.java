package io.perennial.usage;

import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import io.perennial.usage.Unheard.Knowledge;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The 28 days that adoption speaks about, account by account: the same as those of the measures. They end at the last
 * finished day on which anybody used the product, where a source is silent at the last day known.
 */
@Component
class KnownDays {

    private final Cohort cohort;
    private final Unheard unheard;

    KnownDays(Cohort cohort, Unheard unheard) {
        this.cohort = cohort;
        this.unheard = unheard;
    }

    /**
     * @param after the day before the first; more than 28 days back when days between are not known
     * @param held whether a silence that people are told of keeps it there
     */
    record Window(LocalDate after, LocalDate last, boolean held) {

        static Window upTo(LocalDate last) {
            return new Window(last.minusDays(UsageMeasures.WINDOW), last, false);
        }
    }

    /** The last day of those of whom everything is known; empty when nobody ever used the product. */
    Optional<LocalDate> last(LocalDate today) {
        return cohort.lastBefore(today);
    }

    /** Of every account asked for; none when nobody ever used the product. */
    Map<UUID, Window> of(Collection<AccountId> accounts, LocalDate today) {
        Map<UUID, Window> windows = new HashMap<>();
        Optional<LocalDate> last = last(today);
        if (last.isEmpty()) {
            return windows;
        }
        Map<UUID, Knowledge> known = unheard.of(accounts, today);
        Window usual = Window.upTo(last.get());
        for (AccountId account : accounts) {
            Knowledge knowledge = known.get(account.value());
            windows.put(account.value(), knowledge == null ? usual : window(knowledge, last.get()));
        }
        return windows;
    }

    /** Of the account that a page is about; empty when nobody ever used the product. */
    Optional<Window> of(AccountId account, LocalDate today, Once page) {
        return last(today).map(last -> {
            Knowledge knowledge = unheard.about(account, today, page).knowledge();
            return knowledge.equals(Knowledge.ALL) ? Window.upTo(last) : window(knowledge, last);
        });
    }

    private Window window(Knowledge knowledge, LocalDate everybodys) {
        LocalDate until = knowledge.until();
        LocalDate last = until == null
                ? everybodys
                : cohort.lastBefore(until.plusDays(1)).orElse(until);
        return new Window(knowledge.gaps().before(UsageMeasures.WINDOW, last), last, knowledge.held());
    }
}
