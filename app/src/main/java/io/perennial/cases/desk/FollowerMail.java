package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How often colleagues want letters about the cases that they follow. */
@Component
@Transactional
public class FollowerMail {

    private final JdbcClient database;

    FollowerMail(JdbcClient database) {
        this.database = database;
    }

    /** In the order of a choice; the first is what nobody has to choose. */
    public enum Wish {
        SOON("soon", "Within minutes, gathered"),
        DAILY("daily", "Once a day, at eight"),
        NEVER("never", "No mail");

        private final String key;
        private final String title;

        Wish(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }

        static Optional<Wish> of(String key) {
            return Arrays.stream(values()).filter(wish -> wish.key.equals(key)).findFirst();
        }
    }

    @Transactional(readOnly = true)
    public Wish of(Viewer viewer) {
        return database.sql("select wish from cases.follower_mail where member_id = :me")
                .param("me", viewer.memberId())
                .query(String.class)
                .optional()
                .flatMap(Wish::of)
                .orElse(Wish.SOON);
    }

    /** @throws CaseRefused when there is no such wish */
    public void choose(String key, Viewer viewer) {
        Wish wish = Wish.of(key).orElseThrow(() -> new CaseRefused("Choose how often you want mail."));
        database.sql("""
                insert into cases.follower_mail (member_id, wish) values (:me, :wish)
                on conflict (member_id) do update set wish = excluded.wish
                """)
                .param("me", viewer.memberId())
                .param("wish", wish.key())
                .update();
    }
}
