package io.perennial.platform.imports;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a look at every row of a file found.
 *
 * @param workbook Excel, which has neither encoding nor delimiter
 * @param encoding null for a workbook, or when nothing reads the bytes without loss
 * @param delimiter one character
 * @param rows without the header
 */
public record Inspection(
        boolean workbook, @Nullable String encoding, String delimiter, List<Header> headers, long rows) {

    Optional<Header> header(String key) {
        String folded = Header.fold(key);
        return headers.stream().filter(header -> header.key().equals(folded)).findFirst();
    }

    @Nullable
    Charset charset() {
        return encoding == null ? null : Charset.forName(encoding);
    }

    boolean encodingUnknown() {
        return !workbook && encoding == null;
    }
}
