package io.perennial.platform.imports;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;

/** Recognises files with the same columns, in whatever order. */
final class HeaderSet {

    private HeaderSet() {}

    static String of(Inspection file) {
        String names = file.headers().stream().map(Header::key).sorted().collect(Collectors.joining("\u0000"));
        return UUID.nameUUIDFromBytes(names.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
