package io.perennial.cases.desk;

import io.perennial.shared.AccountId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for.
 *
 * @param contact who asks; null when nobody we know
 * @param text in the customer's words, plain
 * @param impact and urgency: steps of {@link Grading}
 * @param channel how it came in
 * @param give to whom: {@code me}, {@code skill} for whoever knows it and has least to do, or empty for the queue
 * @param draft identity of the form; the same again opens nothing
 */
public record NewCase(
        AccountId account,
        @Nullable UUID contact,
        String subject,
        String text,
        String impact,
        String urgency,
        String product,
        String channel,
        String give,
        String draft) {}
