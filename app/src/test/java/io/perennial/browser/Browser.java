package io.perennial.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.perennial.world.OpenDoor;
import io.perennial.world.Visitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Gives a test a {@link Page} of the machine's Chromium, pointed at the running product; one browser serves the whole
 * test run. A test fails when its page threw an error or broke the content security policy. Without Chromium the test is
 * skipped and says how to get it.
 */
public final class Browser implements BeforeAllCallback, ParameterResolver, AfterEachCallback {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(Browser.class);
    private static final Object ONE_AT_A_TIME = new Object();
    private static final Duration LONGEST_CLOSING = Duration.ofSeconds(30);
    private static @Nullable Chromium started;

    /** Says on a parameter that its page runs no scripts. */
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @java.lang.annotation.Target(java.lang.annotation.ElementType.PARAMETER)
    public @interface WithoutScripts {}

    private record Chromium(Playwright playwright, com.microsoft.playwright.Browser browser) {}

    private record Visit(BrowserContext context, List<String> complaints) {}

    /** From here on the page sends the session of this person, and nothing else that opens doors. */
    public static void signIn(Page page, Visitor visitor) {
        page.context().setExtraHTTPHeaders(Map.of());
        page.context().addCookies(List.of(new Cookie("perennial", visitor.cookie()).setUrl(visitor.address())));
    }

    /** Waits until the page that is shown now knows its keys: its words stand there before its scripts run. */
    static void knowsItsKeys(Page page) {
        page.waitForLoadState();
    }

    /** Waits until the page that is shown now is told of changes: what changed just before it was connected, it does not hear of. */
    static void hearsOfChanges(Page page) {
        page.waitForSelector(
                "cs-live[data-connected]", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(program() != null, "Chromium is not installed: apt-get install chromium");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Page.class);
    }

    @Override
    public Page resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String port = Objects.requireNonNull(
                SpringExtension.getApplicationContext(context).getEnvironment().getProperty("local.server.port"));
        BrowserContext visit = chromium()
                .browser()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setBaseURL("http://localhost:" + port)
                        .setViewportSize(1280, 900)
                        // A cross-fade between pages can stand still for ever in a browser without a screen.
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setJavaScriptEnabled(!parameter.isAnnotated(WithoutScripts.class))
                        .setExtraHTTPHeaders(Map.of(OpenDoor.HEADER, "yes")));
        visit.setDefaultTimeout(15_000);
        List<String> complaints = new CopyOnWriteArrayList<>();
        visit.onWebError(error -> complaints.add(error.error()));
        visit.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        context.getStore(SPACE).put("visit", new Visit(visit, complaints));
        return visit.newPage();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Visit visit = context.getStore(SPACE).remove("visit", Visit.class);
        if (visit != null) {
            close(visit);
            if (context.getExecutionException().isEmpty()) {
                assertThat(visit.complaints()).as("errors in the page").isEmpty();
            }
        }
    }

    private static void close(Visit visit) {
        close(visit.context(), LONGEST_CLOSING);
    }

    /** A visit may never come to its end (seen with Chromium 156, idle for minutes): then the browser ends, and the next test has another. */
    static void close(BrowserContext visit, Duration longest) {
        Thread watch = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(longest);
                System.err.println("Chromium did not close a page within " + longest + " and is ended.");
                processes().forEach(ProcessHandle::destroyForcibly);
            } catch (InterruptedException closed) {
                // As it should be.
            }
        });
        try {
            visit.close();
        } catch (PlaywrightException gone) {
            if (Objects.requireNonNull(visit.browser()).isConnected()) {
                throw gone;
            }
        } finally {
            watch.interrupt();
        }
    }

    static Stream<ProcessHandle> processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("chrom"));
    }

    private static Chromium chromium() {
        synchronized (ONE_AT_A_TIME) {
            Chromium running = started;
            if (running == null || !running.browser().isConnected()) {
                // A busy machine is no failure.
                PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                com.microsoft.playwright.Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(program())
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-quic",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync")));
                running = new Chromium(playwright, browser);
                started = running;
                Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            }
            return running;
        }
    }

    private static @Nullable Path program() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
