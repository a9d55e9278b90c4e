package io.perennial.onboarding;

import io.perennial.mail.MailAddress;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whom letters of an onboarding go to: people who are there and have an address. */
@Repository
class Readers {

    private final JdbcClient database;

    Readers(JdbcClient database) {
        this.database = database;
    }

    record Reader(UUID contact, String name, String mail, LetterWords words) {}

    /** Everybody who should get in, by name. */
    List<Reader> of(UUID onboarding, LocalDate today) {
        return database
                .sql(READ + """
                 join onboarding.access x on x.contact_id = c.id and x.onboarding_id = :onboarding
                where (c.left_on is null or c.left_on > :today) and c.email is not null order by c.name, c.id limit 200
                """)
                .param("onboarding", onboarding)
                .param("today", today)
                .query(Readers::reader)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** For a step of that role: who has the role, else who leads, else whoever is welcomed first. */
    Optional<Reader> whoHelps(Onboarding onboarding, String role, LocalDate today) {
        return database
                .sql(READ + """
                where c.account_id = :account and (c.left_on is null or c.left_on > :today) and c.email is not null
                  and (c.id = :leads or :role = any(c.role_words) or c.role_words && cast(:roles as text[]))
                order by (:role = any(c.role_words)) desc, (c.id is not distinct from :leads) desc, c.name, c.id limit 20
                """)
                .param("account", onboarding.account().value())
                .param("today", today)
                .param("leads", onboarding.contactId(), java.sql.Types.OTHER)
                .param("role", role)
                .param("roles", onboarding.writeTo().toArray(String[]::new))
                .query(Readers::reader)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static final String READ = """
            select c.id, c.name, c.email, coalesce(c.language, a.language) as language
            from accounts.contact c join accounts.account a on a.id = c.account_id
            """;

    private static Optional<Reader> reader(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        @Nullable String mail = row.getString("email");
        return mail == null || !MailAddress.isAddress(mail)
                ? Optional.empty()
                : Optional.of(new Reader(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        mail,
                        LetterWords.in(row.getString("language"))));
    }
}
