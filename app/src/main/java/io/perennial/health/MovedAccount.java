package io.perennial.health;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An account behind a number of the movement matrix. */
public record MovedAccount(
        AccountId account,
        String name,
        String owner,
        @Nullable Double score,
        @Nullable String band,
        @Nullable BigDecimal arr,
        @Nullable String currency,
        String reason) {}
