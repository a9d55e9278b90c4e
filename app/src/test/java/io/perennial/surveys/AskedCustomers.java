package io.perennial.surveys;

import io.perennial.mail.MailStory;
import io.perennial.shared.AccountId;
import io.perennial.surveys.web.Guesses;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Oslo Ferry with Ana, who speaks German, and Tom; Ben owns it. Surveys are sent with a real mail server. */
@PerennialTest
abstract class AskedCustomers extends MailStory {

    private static final Pattern LINK = Pattern.compile("/s/sv_[A-Za-z0-9_]+");

    static final String TOM = "tom@oslo-ferry.example";

    @Autowired
    People people;

    @Autowired
    SurveyLoop loop;

    @Autowired
    ApplicationContext application;

    Book book;
    AccountId oslo;
    UUID ana;
    UUID tom;
    Visitor ben;

    @BeforeEach
    void osloFerry() {
        Guesses.forgetAll(application);
        book = new Book(database);
        ben = people.csm("Ben Carter");
        oslo = account("oslo-ferry", "Oslo Ferry", "Enterprise");
        ana = contact(oslo, "Ana Berg", CUSTOMER, "champion", "de");
        tom = contact(oslo, "Tom Moe", TOM, "user", null);
    }

    /** Time passes, and with it the session of whoever was signed in. */
    void later(Duration time) {
        clock.moveBy(time);
        ben = people.signIn(ben.id(), "Ben Carter");
    }

    AccountId account(String key, String name, String segment) {
        AccountId account = book.account(key, name);
        database.sql("update accounts.account set owner_id = :owner, segment = :segment where id = :id")
                .param("owner", ben.id())
                .param("segment", segment)
                .param("id", account.value())
                .update();
        return account;
    }

    UUID contact(AccountId account, String name, String mail, String role, @Nullable String language) {
        UUID contact = book.contact(account, name, role, null, null);
        database.sql("update accounts.contact set email = :mail, language = :language where id = :id")
                .param("mail", mail)
                .param("language", language)
                .param("id", contact)
                .update();
        return contact;
    }

    static Map<String, String> form(String name, String kind) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("name", name);
        form.put("kind", kind);
        form.put("language", "en");
        AskingWords words = AskingWords.in("en");
        Survey.Texts texts = words.texts(SurveyKind.of(kind).orElseThrow());
        form.put("subject-en", texts.subject());
        form.put("opening-en", texts.opening());
        form.put("question-en", texts.question());
        form.put("followUp-en", texts.followUp());
        form.put("percent", "100");
        form.put("when", "once");
        form.put("openDays", "30");
        form.put("reminderDays", "7");
        form.put("followUpDays", "3");
        form.put("heardLetter", "true");
        form.put("seen", "1");
        return form;
    }

    /** Made on the page. */
    String made(Map<String, String> form) {
        var made = ben.post("/surveys/new", form);
        if (made.statusCode() != 302) {
            throw new AssertionError(made.body());
        }
        return made.headers().firstValue("Location").orElseThrow().split("/", 5)[2];
    }

    /** Made on the page, sent, and delivered. */
    String sent(Map<String, String> form) {
        String survey = made(form);
        ben.post("/surveys/" + survey + "/send", Map.of());
        loop.drain();
        delivery.drain();
        return survey;
    }

    int letters(String to) throws MessagingException {
        return sent(to).length;
    }

    /** Path of the link in the latest letter to them that has one. */
    String link(String to) throws Exception {
        MimeMessage[] letters = sent(to);
        for (int i = letters.length - 1; i >= 0; i--) {
            Matcher link = LINK.matcher(MailText.of(letters[i]));
            if (link.find()) {
                return link.group();
            }
        }
        throw new AssertionError("No link was sent to " + to);
    }

    long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}
