package io.perennial.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.MovableClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What a leader sees of figures that took long to work out. */
class KeptViewsTests {

    private static final String LEADER = "leader";

    /** Later, and yet too soon for anything to be worked out behind the reader. */
    private static final Duration INSTANT = Duration.ofNanos(1_000);

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger readings = new AtomicInteger();
    private final KeptViews everything = new KeptViews(clock, Duration.ZERO);

    @AfterEach
    void noRequest() {
        RequestContextHolder.resetRequestAttributes();
        everything.destroy();
    }

    @Test
    void whatWasWorkedOutQuicklyIsReadAnewEachTime() {
        KeptViews pages = new KeptViews(clock, Duration.ofHours(1));
        assertThat(pages.of("sales", readings::incrementAndGet, LEADER)).isEqualTo(1);
        assertThat(pages.of("sales", readings::incrementAndGet, LEADER)).isEqualTo(2);
        pages.destroy();
    }

    @Test
    void whatTookLongIsShownAgainToThoseWhoMaySeeTheSame() {
        assertThat(everything.of("sales", readings::incrementAndGet, "", LEADER))
                .isEqualTo(1);
        assertThat(everything.of("sales", readings::incrementAndGet, "", LEADER))
                .isEqualTo(1);
        assertThat(everything.of("sales", readings::incrementAndGet, "", "a colleague"))
                .isEqualTo(2);
        assertThat(everything.of("sales", readings::incrementAndGet, "segment", LEADER))
                .isEqualTo(3);
        assertThat(everything.of("areas", readings::incrementAndGet, "", LEADER))
                .isEqualTo(4);
    }

    @Test
    void whatIsOldIsShownAtOnceAndWorkedOutBehindTheReader() throws InterruptedException {
        everything.of("sales", readings::incrementAndGet, LEADER);
        clock.moveBy(Duration.ofHours(1));
        Semaphore done = new Semaphore(0);
        int seen = everything.of("sales", () -> anew(done), LEADER);
        assertThat(seen).isEqualTo(1);
        assertThat(done.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        // The answer is stored right after it was made.
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (everything.of("sales", readings::get, LEADER) == 1 && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(everything.of("sales", readings::get, LEADER)).isEqualTo(2);
    }

    private int anew(Semaphore done) {
        int number = readings.incrementAndGet();
        done.release();
        return number;
    }

    @Test
    void aFailureBehindTheReaderLeavesWhatWasKnown() throws InterruptedException {
        everything.of("sales", readings::incrementAndGet, LEADER);
        clock.moveBy(Duration.ofHours(1));
        CountDownLatch tried = new CountDownLatch(1);
        int seen = everything.of("sales", () -> failing(tried), LEADER);
        assertThat(seen).isEqualTo(1);
        assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(everything.of("sales", () -> failing(tried), LEADER)).isEqualTo(1);
    }

    private static int failing(CountDownLatch tried) {
        tried.countDown();
        throw new IllegalStateException("no database");
    }

    @Test
    void afterADayAndWhenAskedForItIsWorkedOutBeforeItIsShown() {
        everything.of("sales", readings::incrementAndGet, LEADER);
        clock.moveBy(Duration.ofHours(24));
        assertThat(everything.of("sales", readings::incrementAndGet, LEADER)).isEqualTo(2);
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/sales");
        request.setParameter("again", "true");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        assertThat(everything.of("sales", readings::incrementAndGet, LEADER)).isEqualTo(3);
    }

    @Test
    void thePageOffersToBeWorkedOutAgainOnceItIsAMinuteOld() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/sales");
        request.setQueryString("by=segment");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        assertThat(everything.again(MovableClock.START)).isNull();
        clock.moveBy(Duration.ofMinutes(1));
        assertThat(everything.again(MovableClock.START)).isEqualTo("/sales?by=segment&again=true");
    }

    @Test
    void whoeverChangesSomethingSeesWhatCameOfItAndOthersSeeWhatWasKnown() {
        MockHttpSession leader = new MockHttpSession();
        MockHttpSession colleague = new MockHttpSession();
        asks(leader, "GET");
        assertThat(everything.of("sales", readings::incrementAndGet, LEADER)).isEqualTo(1);

        clock.moveBy(INSTANT);
        everything.afterCompletion(asks(colleague, "GET"), new MockHttpServletResponse(), this, null);
        everything.afterCompletion(asks(leader, "POST"), new MockHttpServletResponse(), this, null);
        clock.moveBy(INSTANT);

        asks(colleague, "GET");
        assertThat(everything.of("sales", readings::incrementAndGet, LEADER)).isEqualTo(1);
        asks(leader, "GET");
        assertThat(everything.of("sales", readings::incrementAndGet, LEADER)).isEqualTo(2);
        assertThat(everything.of("sales", readings::incrementAndGet, LEADER)).isEqualTo(2);
    }

    private static MockHttpServletRequest asks(MockHttpSession session, String method) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/sales");
        request.setSession(session);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        return request;
    }
}
