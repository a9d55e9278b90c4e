package io.perennial.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** A browser that stands still holds up neither the run nor the tests after it. */
@PerennialTest
@ExtendWith(Browser.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserTests {

    @Test
    @Order(1)
    void aBrowserThatDoesNotCloseItsPageIsEnded(Page page) throws Exception {
        BrowserContext visit = Objects.requireNonNull(page.context().browser()).newContext();
        visit.newPage();
        for (ProcessHandle process : Browser.processes().toList()) {
            new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }

        Browser.close(visit, Duration.ofSeconds(1));

        assertThat(Objects.requireNonNull(visit.browser()).isConnected()).isFalse();
    }

    @Test
    @Order(2)
    void theNextTestHasAnother(Page page) {
        page.setContent("<h1>Brightline</h1>");

        assertThat(page.locator("h1").textContent()).isEqualTo("Brightline");
    }
}
