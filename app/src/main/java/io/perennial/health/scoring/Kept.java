package io.perennial.health.scoring;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Band;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.UUID;

/**
 * A stored score whose readings are what the facts would say now.
 *
 * @param readings with blanks for evidence, and with what is not connected for the models in force
 * @param packed the readings as they are stored, or would be if they differ in what is not connected
 * @param samePacked whether they are stored so
 * @param usual fingerprint of the segment means it was compared with
 * @param lacks see {@link Stakes#atMost}
 * @param seen when it was last written
 */
record Kept(
        AccountId account,
        double score,
        Band band,
        double coverage,
        UUID model,
        String reason,
        AccountReadings readings,
        byte[] packed,
        boolean samePacked,
        int usual,
        short lacks,
        Instant seen) {}
