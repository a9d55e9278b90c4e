package io.perennial.health;

import io.perennial.health.model.Band;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How many accounts are in a band, and their yearly revenue.
 *
 * @param currency null for accounts without revenue
 */
public record BandCount(Band band, @Nullable String currency, long accounts, BigDecimal arr) {}
