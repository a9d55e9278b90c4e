package io.perennial.identity.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.UploadContext;

/**
 * The fields of a form that stand before its first file. Browsers send fields in the order of the page, so what was typed can be
 * kept of a form whose files are too much to be read.
 */
final class FormHead {

    /** Far more than a text may have. */
    static final int LOOKED_AT = 1024 * 1024;

    private FormHead() {}

    /** @param type the content type, with the boundary */
    static Map<String, List<String>> read(String type, InputStream body) throws IOException {
        byte[] head = body.readNBytes(LOOKED_AT);
        Map<String, List<String>> fields = new LinkedHashMap<>();
        try {
            FileItemIterator parts = new FileUpload().getItemIterator(new Head(type, head));
            while (parts.hasNext()) {
                FileItemStream part = parts.next();
                if (!part.isFormField()) {
                    return fields;
                }
                String value = new String(part.openStream().readAllBytes(), StandardCharsets.UTF_8);
                fields.computeIfAbsent(part.getFieldName(), key -> new ArrayList<>())
                        .add(value);
            }
        } catch (IOException cutOrBroken) {
            // The head ends within a field, or is no form at all: what came before it stands.
            return fields;
        }
        return fields;
    }

    private record Head(String type, byte[] bytes) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
