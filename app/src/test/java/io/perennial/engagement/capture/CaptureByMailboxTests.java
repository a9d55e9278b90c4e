package io.perennial.engagement.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.MailStory;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Letters that really come by IMAP, to a house whose mail server vouches for senders. */
@PerennialTest
class CaptureByMailboxTests extends MailStory {

    private static final String VERIFIED =
            "Authentication-Results: mx.lumenworks.example; dkim=pass header.d=perennial.example\n";

    @Autowired
    People people;

    @Test
    void aColleaguesLetterIsFiledOnceAndOnlyWhenTheServerVouchesForIt() {
        readers.take(letter -> false);
        people.csm("Ana Reyes");
        Book book = new Book(database);
        AccountId ferry = book.account("ferry", "Oslo Ferry");
        UUID eva = book.contact(ferry, "Eva Lind", "champion", null, null);
        database.sql("update accounts.contact set email = 'eva@oslo-ferry.example' where id = :id")
                .param("id", eva)
                .update();
        String letter = CaptureTests.letter(
                "ana.reyes@perennial.example",
                "eva@oslo-ferry.example",
                "imap-1@perennial.example",
                "Plans",
                "",
                "Shall we talk?");
        arrives(letter);
        poller.poll();
        assertThat(filed()).as("anybody can write a name").isZero();

        String vouched = VERIFIED
                + CaptureTests.letter(
                        "ana.reyes@perennial.example",
                        "eva@oslo-ferry.example",
                        "imap-2@perennial.example",
                        "Plans",
                        "",
                        "Shall we talk?");
        arrives(vouched);
        arrives(vouched);
        poller.poll();
        poller.poll();
        assertThat(filed()).isEqualTo(1);
    }

    private int filed() {
        return database.sql("select count(*) from engagement.touchpoint")
                .query(Integer.class)
                .single();
    }
}
