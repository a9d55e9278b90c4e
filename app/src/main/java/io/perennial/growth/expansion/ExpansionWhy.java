package io.perennial.growth.expansion;

import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says why a signal shows at a customer or does not, by the very statements that decide it. */
@Component
public class ExpansionWhy {

    /** Subjects that are told of one rule. */
    private static final int MOST = 20;

    private final JdbcClient database;
    private final Clock clock;

    ExpansionWhy(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What a rule says about one customer. */
    public record Verdict(ExpansionKind kind, String subject, boolean shows, String words) {}

    /** Each rule for this customer as of now: what it found, or why nothing shows. */
    public List<Verdict> about(AccountId account) {
        Map<String, ExpansionSignal> standing = new LinkedHashMap<>();
        database.sql(ExpansionRows.SELECT + " where s.account_id = :account and (s.state = 'open' or not s.cause_gone)"
                        + " order by s.opened_at")
                .param("account", account.value())
                .query((row, number) -> ExpansionRows.signal(row))
                .list()
                .forEach(signal -> standing.put(signal.kind().key() + ":" + signal.subject(), signal));
        List<Verdict> verdicts = new ArrayList<>();
        for (ExpansionKind kind : ExpansionKind.values()) {
            List<Verdict> own = verdicts(account, kind, standing);
            verdicts.addAll(own.isEmpty() ? List.of(new Verdict(kind, "", false, none(kind))) : own);
        }
        return verdicts;
    }

    private List<Verdict> verdicts(AccountId account, ExpansionKind kind, Map<String, ExpansionSignal> standing) {
        return database.sql("with " + ExpansionRules.ASKED + ",\n" + ExpansionRules.of(kind) + """
                 select f.subject, f.opens, f.stays, f.why, cast(f.facts as text) as facts
                from found f order by f.opens desc, f.stays desc, f.amount desc nulls last, f.subject limit :most
                """)
                .param("accounts", new UUID[] {account.value()})
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("most", MOST)
                .params(ExpansionLimits.parameters())
                .query((row, number) -> {
                    String subject = row.getString("subject");
                    ExpansionSignal signal = standing.get(kind.key() + ":" + subject);
                    String why = row.getString("why");
                    boolean open = signal != null && signal.open();
                    return new Verdict(
                            kind,
                            subject,
                            open,
                            words(kind, row.getBoolean("opens"), row.getBoolean("stays"), why, signal, row));
                })
                .list();
    }

    private static String words(
            ExpansionKind kind,
            boolean opens,
            boolean stays,
            @Nullable String why,
            @Nullable ExpansionSignal signal,
            ResultSet row)
            throws SQLException {
        if (signal != null && signal.state().equals("dismissed")) {
            return "Dismissed by " + signal.decidedBy() + ": " + signal.reason()
                    + " It stays quiet until its cause has gone and come back.";
        }
        if (signal != null && signal.state().equals("accepted")) {
            return "Accepted by " + signal.decidedBy() + ": it is an opportunity now.";
        }
        if (signal != null && !stays) {
            return (why == null ? "Its cause is gone." : why)
                    + " The signal closes with the next look at all customers.";
        }
        if (opens || signal != null) {
            String finding = ExpansionWords.finding(kind, ExpansionRows.facts(row.getString("facts"))) + ".";
            return signal == null ? finding + " The signal opens with the next look at all customers." : finding;
        }
        return why == null ? "Nothing of it holds." : why;
    }

    private static String none(ExpansionKind kind) {
        return switch (kind) {
            case AREA_TRIED -> "Its use is not known, or no feature it uses belongs to an area.";
            case PROGRAM_USED_UP -> "No program of it has units.";
            case PEERS_OWN ->
                "It has what its peers have, it had it before, it is an opportunity already, or there are fewer than "
                        + ExpansionLimits.PEERS_ENOUGH + " customers with its main product to compare with.";
            default -> "Nothing is known about this customer yet.";
        };
    }
}
