package io.perennial.platform.pdf;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Turns a print template into a PDF. The page may bring nothing from elsewhere: no picture, no sheet and no font is fetched, so
 * that words of customers in it cannot make the server ask anybody anything. Time and size are bounded.
 *
 * <p>Print templates use CSS 2.1 with tables; they know neither flex nor grid. The one font has Latin, Greek and Cyrillic letters; for
 * other scripts an operator names a folder with TrueType fonts in {@code perennial.pdf.fonts}.
 */
@Component
public class PdfPages {

    /** The family that print templates name. */
    public static final String FONT = "Perennial Print";

    private static final int LONGEST_HTML = 2_000_000;
    private static final int LARGEST = 10_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** So many at once; each may need tens of megabytes. */
    private static final int AT_ONCE = 2;

    /** Every print template gets this sheet; templates hold no styles. */
    private static final String SHEET = "/print/print.css";

    private static final String SHIPPED = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final TemplateEngine engine;
    private final List<Path> fonts;
    private final String sheet = text(SHEET);
    private final Semaphore room = new Semaphore(AT_ONCE);

    PdfPages(TemplateEngine engine, @Value("${perennial.pdf.fonts:}") String folder) {
        this.engine = engine;
        this.fonts = fonts(folder);
        XRLog.setLoggingEnabled(false);
    }

    /** It could not be made; the message says why and what to do. */
    public static final class PdfFailed extends RuntimeException {

        PdfFailed(String message, Throwable cause) {
            super(message, cause);
        }

        PdfFailed(String message) {
            super(message);
        }
    }

    /**
     * @param template path without ending, such as {@code renewals/quotePrint}: a whole HTML page
     * @param parameters of the template by name
     * @throws PdfFailed when it is too large, takes too long, or too many are made at once
     */
    public byte[] of(String template, Map<String, Object> parameters) {
        StringOutput html = new StringOutput();
        engine.render(template + ".jte", parameters, html);
        return of(html.toString());
    }

    byte[] of(String html) {
        if (html.length() > LONGEST_HTML) {
            throw new PdfFailed("This is too long for one PDF. Choose a shorter time.");
        }
        try {
            if (!room.tryAcquire(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new PdfFailed("Too many PDFs are being made. Try again in a minute.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PdfFailed("The server is about to stop.", e);
        }
        try {
            return within(LONGEST, () -> rendered(html));
        } finally {
            room.release();
        }
    }

    private static byte[] within(Duration longest, Callable<byte[]> work) {
        FutureTask<byte[]> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().name("pdf").daemon().start(task);
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new PdfFailed("The PDF took too long. Choose a shorter time.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PdfFailed known ? known : new PdfFailed("The PDF could not be made.", e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new PdfFailed("The server is about to stop.", e);
        }
    }

    private byte[] rendered(String html) throws IOException {
        Bounded out = new Bounded();
        PdfRendererBuilder builder = new PdfRendererBuilder();
        Document page = Jsoup.parse(html);
        page.head().appendElement("style").appendChild(new DataNode(sheet));
        builder.withW3cDocument(new W3CDom().fromJsoup(page), "");
        builder.useUriResolver((base, uri) -> null);
        builder.useExternalResourceAccessControl(
                (uri, type) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
        builder.useExternalResourceAccessControl(
                (uri, type) -> false, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
        FSSupplier<InputStream> shipped =
                () -> Objects.requireNonNull(PDDocument.class.getResourceAsStream(SHIPPED), SHIPPED);
        builder.useFont(shipped, FONT);
        fonts.forEach(font -> builder.useFont(font.toFile(), FONT));
        builder.toStream(out);
        builder.run();
        return out.bytes.toByteArray();
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(PdfPages.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> fonts(String folder) {
        if (folder.isBlank()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(java.util.Locale.ROOT)
                            .endsWith(".ttf"))
                    .sorted()
                    .limit(20)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The folder " + folder + " of perennial.pdf.fonts cannot be read. Correct it or leave it out.", e);
        }
    }

    /** Stops a page that never ends. */
    private static final class Bounded extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int one) {
            room(1);
            bytes.write(one);
        }

        @Override
        public void write(byte[] some, int from, int many) {
            room(many);
            bytes.write(some, from, many);
        }

        private void room(int more) {
            if (bytes.size() + more > LARGEST) {
                throw new PdfFailed("This is too large for one PDF. Choose a shorter time.");
            }
        }
    }
}
