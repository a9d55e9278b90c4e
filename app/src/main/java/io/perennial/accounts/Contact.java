package io.perennial.accounts;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person at a customer. */
public record Contact(
        UUID id,
        String externalId,
        String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String title,
        List<String> roles,
        @Nullable String language,
        @Nullable String timeZone,
        @Nullable LocalDate leftOn,
        @Nullable LocalDate confirmedOn) {

    public boolean isHereOn(LocalDate day) {
        return leftOn == null || leftOn.isAfter(day);
    }

    /** Roles as people read them: {@code decision maker}. */
    public List<String> roleNames() {
        return roles.stream().map(role -> role.replace('_', ' ')).toList();
    }
}
