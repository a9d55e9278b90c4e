package io.perennial.cases.desk;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who reads our letters: the person's own language and zone, else the account's. */
@Repository
class Readers {

    private final JdbcClient database;

    Readers(JdbcClient database) {
        this.database = database;
    }

    Optional<CaseLetters.Reader> of(@Nullable UUID contact) {
        if (contact == null) {
            return Optional.empty();
        }
        return database.sql("""
                select p.name, coalesce(p.language, a.language) as language, coalesce(p.time_zone, a.time_zone) as zone
                from accounts.contact p join accounts.account a on a.id = p.account_id where p.id = :id
                """)
                .param("id", contact)
                .query((row, number) -> new CaseLetters.Reader(
                        row.getString("name"), row.getString("language"), zone(row.getString("zone"))))
                .optional();
    }

    static ZoneId zone(@Nullable String id) {
        try {
            return id == null ? ZoneOffset.UTC : ZoneId.of(id);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }
}
