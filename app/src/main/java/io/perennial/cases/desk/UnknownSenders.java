package io.perennial.cases.desk;

import io.perennial.accounts.Accounts;
import io.perennial.cases.desk.Senders.Sender;
import io.perennial.identity.Viewer;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.UnreadLetters;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Letters of people whom nobody knows, or who are known at several customers: a person decides whose they are. Only for those who
 * see every customer, as nobody can say yet whose letter it is.
 */
@Component
@Transactional
public class UnknownSenders {

    private static final int MOST = 50;
    private static final int MOST_SUGGESTIONS = 5;

    /** Everybody has an address there; it says nothing about the customer. */
    private static final Set<String> ANYBODY = Set.of(
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "hotmail.com",
            "live.com",
            "yahoo.com",
            "icloud.com",
            "me.com",
            "aol.com",
            "proton.me",
            "protonmail.com",
            "gmx.de",
            "gmx.net",
            "web.de",
            "t-online.de",
            "orange.fr",
            "free.fr",
            "libero.it",
            "mail.com",
            "mail.ru",
            "qq.com",
            "163.com");

    private final UnreadLetters letters;
    private final LetterDesk desk;
    private final Senders senders;
    private final Accounts accounts;
    private final Records records;
    private final JdbcClient database;

    UnknownSenders(
            UnreadLetters letters,
            LetterDesk desk,
            Senders senders,
            Accounts accounts,
            Records records,
            JdbcClient database) {
        this.letters = letters;
        this.desk = desk;
        this.senders = senders;
        this.accounts = accounts;
        this.records = records;
        this.database = database;
    }

    /** @param why in a few words, such as {@code has the address} */
    public record Suggestion(AccountId account, String name, String why) {}

    public record Unknown(IncomingLetter letter, List<Suggestion> suggestions) {}

    public static boolean mayDecide(Viewer viewer) {
        return CaseVerbs.mayWork(viewer) && viewer.everything();
    }

    @Transactional(readOnly = true)
    public int waiting(Viewer viewer) {
        return mayDecide(viewer) ? letters.latest(MOST).size() : 0;
    }

    @Transactional(readOnly = true)
    public List<Unknown> latest(Viewer viewer) {
        require(viewer);
        return letters.latest(MOST).stream()
                .map(letters::find)
                .flatMap(Optional::stream)
                .map(letter -> new Unknown(letter, suggestions(letter)))
                .toList();
    }

    /**
     * Makes the sender a person of this customer, unless they are, and opens the case as if they had been known.
     *
     * @throws CaseRefused when somebody else was faster
     */
    public UUID openFor(UUID id, AccountId account, Viewer viewer) {
        require(viewer);
        if (!accounts.isVisible(account, viewer)) {
            throw new NoSuchElementException("There is no such account.");
        }
        IncomingLetter letter = letters.take(id, "cases")
                .orElseThrow(() -> new CaseRefused("Somebody has taken or set aside this letter meanwhile."));
        Sender sender = known(letter, account).orElseGet(() -> introduce(letter, account, viewer));
        return desk.open(letter, sender);
    }

    public void setAside(UUID id, Viewer viewer) {
        require(viewer);
        letters.take(id, "Set aside by " + viewer.name());
    }

    private Optional<Sender> known(IncomingLetter letter, AccountId account) {
        return senders.of(letter.from()).stream()
                .filter(sender -> sender.account().equals(account))
                .findFirst();
    }

    private Sender introduce(IncomingLetter letter, AccountId account, Viewer viewer) {
        if (letter.from().isBlank()) {
            throw new CaseRefused("The letter names no sender. Set it aside, or open a case by hand.");
        }
        String customer = accounts.find(account, viewer).orElseThrow().externalId();
        String name = letter.fromName() == null || letter.fromName().isBlank() ? letter.from() : letter.fromName();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("account", customer);
        values.put("name", name.length() > 200 ? name.substring(0, 200) : name);
        values.put("email", letter.from());
        RecordType contacts = records.type("contacts").orElseThrow();
        RowOutcome outcome = records.upsert(
                        contacts,
                        List.of(new RecordRow(1, "mail-" + letter.id(), values, Map.of())),
                        // The desk adds them, as any receiver of letters would: support edits no contacts otherwise.
                        new Actor(Actor.Kind.SYSTEM, null, viewer.name()),
                        new Records.Write(null, name + " added from a letter", Records.Formats.ISO))
                .getFirst();
        if (!outcome.problems().isEmpty()) {
            throw new CaseRefused("The sender cannot be added: "
                    + outcome.problems().getFirst().message());
        }
        return known(letter, account)
                .orElseThrow(() -> new CaseRefused("The sender cannot be added to this customer."));
    }

    /** By the address, else by its domain, else by the customer's website: the last looks through all customers. */
    private List<Suggestion> suggestions(IncomingLetter letter) {
        String domain = letter.from().substring(letter.from().lastIndexOf('@') + 1);
        boolean telling = domain.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+") && !ANYBODY.contains(domain);
        List<Suggestion> known = suggested(BY_ADDRESS, letter.from(), "knows this address");
        if (!known.isEmpty() || !telling) {
            return known;
        }
        List<Suggestion> colleagues = suggested(BY_DOMAIN, "%@" + domain, "has people with such addresses");
        return colleagues.isEmpty()
                ? suggested(BY_WEBSITE, "(^|//|[.])" + domain.replace(".", "[.]") + "(/|$)", "has this website")
                : colleagues;
    }

    private List<Suggestion> suggested(String sql, String wanted, String why) {
        return database.sql(sql + " order by 2, 1 limit :most")
                .param("wanted", wanted)
                .param("most", MOST_SUGGESTIONS)
                .query((row, number) ->
                        new Suggestion(new AccountId(row.getObject("id", UUID.class)), row.getString("name"), why))
                .list();
    }

    private static final String BY_ADDRESS = """
            select distinct a.id, a.name from accounts.contact c join accounts.account a on a.id = c.account_id
            where lower(c.email) = lower(:wanted)
            """;

    private static final String BY_DOMAIN = """
            select distinct a.id, a.name from accounts.contact c join accounts.account a on a.id = c.account_id
            where c.email ilike :wanted
            """;

    private static final String BY_WEBSITE = "select id, name from accounts.account where lower(website) ~ :wanted";

    private static void require(Viewer viewer) {
        if (!mayDecide(viewer)) {
            throw new AccessDeniedException(
                    "Only people who work cases of every customer see letters of unknown senders.");
        }
    }
}
