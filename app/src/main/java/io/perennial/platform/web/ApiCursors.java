package io.perennial.platform.web;

import io.perennial.platform.records.Ids;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where lists of the API go on, when they are asked for by their last row. */
public final class ApiCursors {

    private ApiCursors() {}

    /**
     * @param after as it was sent
     * @return the last row that was given; null for the first page
     * @throws ApiProblem when it is not one of ours
     */
    public static @Nullable UUID row(String after) {
        return after.isEmpty() ? null : Ids.read(after).orElseThrow(ApiCursors::unknown);
    }

    private static ApiProblem unknown() {
        return new ApiProblem(
                400, "bad_cursor", "The page cannot be found", "Send as after what the page before said as next.");
    }
}
