package io.perennial.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.segment.analytics.Analytics;
import com.segment.analytics.messages.GroupMessage;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.TrackMessage;
import com.sun.net.httpserver.HttpServer;
import io.perennial.browser.Browser;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The unmodified public clients, pointed at us by nothing but the address that each of them lets its users set. */
@PerennialTest
class PublicClientsTests {

    private static final int EVENTS = 55;
    /** Segment's Java library waits 15 seconds and more before it tries again. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Autowired
    Sources sources;

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    Sender app;
    Way way;

    @BeforeEach
    void anAppIsConnected() {
        app = Sender.of("Planner", sources, people);
        way = new Way(URI.create(people.address()).getPort());
    }

    @AfterEach
    void theWayIsClosed() {
        way.close();
    }

    private long messages(String where) {
        return database.sql("select count(distinct message) from events.inbox where " + where)
                .query(Long.class)
                .single();
    }

    private void everyReportWasOpened() {
        assertThat(messages("kind = 1 and name = 'Report opened' and account_ref = 'acme'"))
                .isEqualTo(EVENTS);
        assertThat(database.sql("""
                select count(distinct body::jsonb -> 'properties' ->> 'number') from events.inbox
                where kind = 1 and body::jsonb -> 'properties' ->> 'title' = 'Größe ☕'
                """).query(Long.class).single()).isEqualTo(EVENTS);
        assertThat(messages("kind = 4 and user_ref = 'user-0'")).isOne();
        assertThat(messages("kind = 5 and account_ref = 'acme'")).isOne();
    }

    /** Until the first attempts have failed. */
    private void breakOffForAWhile() {
        way.breaksOff();
        Thread.ofVirtual().start(() -> {
            try {
                TimeUnit.SECONDS.sleep(3);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            way.comesBack();
        });
    }

    @Nested
    class SegmentsNodeLibrary {

        @Test
        void bringsEverythingItWasToldOf() {
            assertThat(Clients.node("segment-node.mjs", way.address(), app.key(), "" + EVENTS))
                    .contains("failed 0");
            everyReportWasOpened();
            assertThat(messages("kind = 2 and name = 'Home'")).isOne();
            assertThat(messages("kind = 3 and anonymous_ref = 'anonymous-0'")).isOne();
            assertThat(messages("kind = 6 and body::jsonb ->> 'previousId' = 'anonymous-0'"))
                    .isOne();
        }

        @Test
        void asksAgainWhileWeAreBusy() {
            way.busyFor(3);
            assertThat(Clients.node("segment-node.mjs", way.address(), app.key(), "" + EVENTS))
                    .contains("failed 0");
            assertThat(way.turnedAway()).isEqualTo(3);
            everyReportWasOpened();
        }

        @Test
        void waitsForAServerThatIsGone() {
            breakOffForAWhile();
            assertThat(Clients.node("segment-node.mjs", way.address(), app.key(), "" + EVENTS))
                    .contains("failed 0");
            everyReportWasOpened();
        }

        @Test
        void isToldThatItsKeyIsWrong() {
            assertThat(Clients.node("segment-node.mjs", way.address(), "wk_wrong", "1"))
                    .contains("[401]")
                    .doesNotContain("failed 0");
        }
    }

    @Nested
    class RudderStacksNodeLibrary {

        @Test
        void bringsEverythingItWasToldOfPacked() {
            assertThat(Clients.node("rudder-node.cjs", way.address(), app.key(), "" + EVENTS))
                    .contains("failed 0");
            everyReportWasOpened();
        }

        @Test
        void asksAgainWhileWeAreBusyOrGone() {
            way.busyFor(2);
            assertThat(Clients.node("rudder-node.cjs", way.address(), app.key(), "" + EVENTS))
                    .contains("failed 0");
            assertThat(way.turnedAway()).isEqualTo(2);
            everyReportWasOpened();
        }

        @Test
        void waitsForAServerThatIsGone() {
            breakOffForAWhile();
            assertThat(Clients.node("rudder-node.cjs", way.address(), app.key(), "" + EVENTS))
                    .contains("failed 0");
            everyReportWasOpened();
        }
    }

    @Nested
    class SegmentsJavaLibrary {

        private void openReports() throws InterruptedException {
            Analytics analytics = Analytics.builder(app.key())
                    .endpoint(way.address())
                    .flushQueueSize(10)
                    .flushInterval(1, TimeUnit.SECONDS)
                    .build();
            for (int number = 0; number < EVENTS; number++) {
                analytics.enqueue(TrackMessage.builder("Report opened")
                        .userId("user-" + number % 7)
                        .messageId("java-" + number)
                        .properties(Map.of("number", number, "title", "Größe ☕"))
                        .context(Map.of("groupId", "acme")));
            }
            analytics.enqueue(IdentifyMessage.builder().userId("user-0").traits(Map.of("email", "ada@acme.example")));
            analytics.enqueue(GroupMessage.builder("acme").userId("user-0").traits(Map.of("name", "Acme")));
            analytics.flush();
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (messages("true") < EVENTS + 2 && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            analytics.shutdown();
        }

        @Test
        void bringsEverythingItWasToldOf() throws InterruptedException {
            openReports();
            everyReportWasOpened();
        }

        @Test
        void asksAgainWhileWeAreBusy() throws InterruptedException {
            way.busyFor(1);
            openReports();
            assertThat(way.turnedAway()).isOne();
            everyReportWasOpened();
        }

        @Test
        void waitsForAServerThatIsGone() throws InterruptedException {
            breakOffForAWhile();
            openReports();
            everyReportWasOpened();
        }
    }

    /** From a page of another site, so the browser asks first whether it may. */
    @Nested
    @ExtendWith(Browser.class)
    class SegmentsBrowserLibrary {

        private HttpServer site;

        @BeforeEach
        void anotherSiteHasAPage() throws IOException {
            site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            site.createContext("/", exchange -> {
                byte[] page = "<!doctype html><title>Shop</title>".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            site.start();
        }

        @AfterEach
        void theSiteCloses() {
            site.stop(0);
        }

        private void visit(Page page) {
            // Nothing may stand between the page and us, else the test tool answers what the browser asks.
            page.context().setExtraHTTPHeaders(Map.of());
            page.navigate("http://127.0.0.1:" + site.getAddress().getPort() + "/");
            page.addScriptTag(new Page.AddScriptTagOptions()
                    .setPath(Clients.installed("node_modules/@segment/analytics-next/dist/umd/index.js")));
            page.evaluate("""
                    ([host, key, strategy]) => {
                        window.shop = AnalyticsNext.AnalyticsBrowser.load({
                            writeKey: key,
                            cdnSettings: {integrations: {'Segment.io': {
                                apiKey: key, apiHost: host + '/v1', protocol: 'http',
                                deliveryStrategy: strategy ? {strategy, config: {size: 10, timeout: 200}} : undefined}}}})
                    }""", new Object[] {way.address().replace("http://", ""), app.key(), strategy});
        }

        private String strategy = "";

        private void openReports(Page page) {
            page.evaluate("""
                    async (events) => {
                        await shop.identify('user-0', {email: 'ada@acme.example'})
                        await shop.group('acme', {name: 'Acme'})
                        await Promise.all(Array.from({length: events}, (_, number) => shop.track('Report opened',
                            {number, title: 'Größe ☕'}, {context: {groupId: 'acme'}})))
                        await shop.page('Home')
                    }""", EVENTS);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (messages("true") < EVENTS + 3 && System.nanoTime() < until) {
                page.waitForTimeout(50);
            }
        }

        @Test
        void bringsEventsOneByOne(Page page) {
            visit(page);
            openReports(page);
            everyReportWasOpened();
            assertThat(messages("kind = 2 and name = 'Home' and user_ref = 'user-0'"))
                    .isOne();
        }

        @Test
        void bringsEventsInBatches(Page page) {
            strategy = "batching";
            visit(page);
            openReports(page);
            everyReportWasOpened();
            assertThat(database.sql("select max(accepted) from events.source_hour")
                            .query(Long.class)
                            .single())
                    .asInstanceOf(InstanceOfAssertFactories.LONG)
                    .isGreaterThanOrEqualTo(EVENTS);
        }

        @Test
        void asksAgainWhileWeAreGone(Page page) {
            visit(page);
            breakOffForAWhile();
            openReports(page);
            everyReportWasOpened();
        }
    }
}
