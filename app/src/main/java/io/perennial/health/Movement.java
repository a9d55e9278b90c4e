package io.perennial.health;

import io.perennial.health.model.Band;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Accounts that were in one band on one day and in another on a later day. */
public record Movement(Band from, Band to, @Nullable String currency, long accounts, BigDecimal arr) {}
