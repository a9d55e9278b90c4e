package io.perennial.platform.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.platform.pdf.PdfPages.PdfFailed;
import io.perennial.world.PerennialTest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Words of customers in a PDF stay words: nothing is fetched, and nothing goes on for ever. */
@PerennialTest
class PdfPagesTests {

    @Autowired
    PdfPages pdf;

    @Test
    void nothingIsFetched() throws IOException {
        try (ServerSocket trap = new ServerSocket(0)) {
            trap.setSoTimeout(300);
            String there = "http://127.0.0.1:" + trap.getLocalPort();
            byte[] file = pdf.of("""
                    <html><head><link rel="stylesheet" href="%1$s/a.css"><style>@import url(%1$s/b.css);
                    @font-face { font-family: x; src: url(%1$s/c.ttf) } p { background: url(%1$s/d.png) }</style></head>
                    <body><img src="%1$s/e.png"><img src="file:///etc/hostname"><iframe src="%1$s/f"></iframe>
                    <object data="%1$s/g.svg"></object><p>still here</p></body></html>
                    """.formatted(there));

            assertThat(text(file)).contains("still here");
            assertThatThrownBy(trap::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void lettersOfManyScriptsCanBeReadAgain() throws IOException {
        assertThat(text(pdf.of(
                        "<body style=\"font-family: 'Perennial Print'\"><p>Ærø Łódź Ελλάς Київ € – “so”</p></body>")))
                .contains("Ærø Łódź Ελλάς Київ € – “so”");
    }

    @Test
    void whatIsTooLongIsRefusedInWords() {
        assertThatThrownBy(() -> pdf.of("<p>" + "x ".repeat(1_100_000) + "</p>"))
                .isInstanceOf(PdfFailed.class)
                .hasMessageContaining("Choose a shorter time");
    }

    private static String text(byte[] file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file)) {
            return new PDFTextStripper().getText(document);
        }
    }
}
