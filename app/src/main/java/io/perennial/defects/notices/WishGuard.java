package io.perennial.defects.notices;

import io.perennial.mail.LetterPreference;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Speaks for the reader right before a letter leaves: wishes may have changed, the notice may have been cancelled. */
@Component
class WishGuard implements LetterPreference {

    private static final Pattern PURPOSE = Pattern.compile("notice-(\\d{1,15})-([a-z-]+)");

    private final JdbcClient database;
    private final Wishes wishes;

    WishGuard(JdbcClient database, Wishes wishes) {
        this.database = database;
        this.wishes = wishes;
    }

    @Override
    public Optional<String> against(Addressed letter) {
        Matcher purpose = PURPOSE.matcher(letter.purpose());
        UUID contact = letter.contactId();
        if (!letter.purpose().startsWith("notice-") || contact == null) {
            return Optional.empty();
        }
        Wish wish = wishes.of(contact);
        if (!wish.byMail() || wishes.isMute(letter.to(), contact)) {
            return Optional.of("Wants no letters.");
        }
        if (!purpose.matches()) {
            return Optional.empty();
        }
        boolean cancelled = database.sql(
                        "select exists (select from defects.notice where number = :number and state = 'cancelled')")
                .param("number", Long.parseLong(purpose.group(1)))
                .query(Boolean.class)
                .single();
        if (cancelled) {
            return Optional.of("The notice was cancelled before this letter left.");
        }
        return NoticeKind.find(purpose.group(2))
                .filter(kind -> wish.of(kind) == Frequency.NEVER)
                .map(kind -> "Wants no letters about " + kind.about() + ".");
    }
}
