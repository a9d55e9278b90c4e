package io.perennial.platform.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@PerennialTest
class LiveTests {

    private static final Duration AT_ONCE = Duration.ZERO;

    @Autowired
    OpenPages pages;

    @Autowired
    TransactionTemplate transaction;

    private OpenPage page;

    @BeforeEach
    void someoneLooks() {
        page = pages.open("session of Ana").orElseThrow();
    }

    @AfterEach
    void theyLeave() {
        pages.close(page);
    }

    @Test
    void openPageHearsOfAChangeOnlyAfterTheCommit() {
        transaction.executeWithoutResult(open -> {
            pages.changed("account:1");
            pages.changed("account:1");
            assertThat(heard()).isEmpty();
        });

        assertThat(heard()).containsExactly("account:1");
    }

    @Test
    void nothingIsHeardOfWhatWasRolledBack() {
        transaction.executeWithoutResult(open -> {
            pages.changed("account:1");
            open.setRollbackOnly();
        });

        assertThat(heard()).isEmpty();
    }

    @Test
    void changeOutsideATransactionIsHeardAtOnce() {
        pages.changed("today");

        assertThat(heard()).containsExactly("today");
    }

    @Test
    void floodOfNamesBecomesOneWord() {
        IntStream.rangeClosed(0, OpenPage.MOST_WAITING).forEach(i -> pages.changed("account:" + i));

        assertThat(heard()).containsExactly(OpenPage.EVERYTHING);
    }

    @Test
    void oldestPageOfASessionGivesWay() {
        List<OpenPage> further = IntStream.range(0, OpenPages.PER_SESSION)
                .mapToObj(i -> pages.open("session of Ana").orElseThrow())
                .toList();

        assertThat(page.isClosed()).isTrue();
        assertThat(further).noneMatch(OpenPage::isClosed);
        further.forEach(pages::close);
    }

    private List<String> heard() {
        try {
            return page.next(AT_ONCE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while listening", stopped);
        }
    }
}
