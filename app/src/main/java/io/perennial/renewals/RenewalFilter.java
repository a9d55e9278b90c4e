package io.perennial.renewals;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which renewals a page or a program asks for; unknown words count as not said.
 *
 * @param only one of {@link Only}
 * @param window days ahead, or {@code all}; what is lapsed is always within
 * @param month due in that month, such as {@code 2027-01}; stronger than the window
 * @param owner everybody's, or {@code mine}
 * @param way {@code automatic} or {@code manual}
 * @param account external id
 */
public record RenewalFilter(
        String only,
        String window,
        String month,
        String owner,
        String way,
        String stage,
        String currency,
        String account,
        String words,
        String sort) {

    private static final String HALF_A_YEAR = "183";
    private static final int LONGEST_WORDS = 100;

    /** What can be asked for by one press; each is a condition on {@code r}, {@code o} and {@code d}. */
    public enum Only {
        OPEN("All open", "r.outcome in ('open', 'lapsed')"),
        NOTICE("Notice due", "r.outcome = 'open' and r.noticed_on is null and r.notice_on <= :today + 14"),
        PERSON(
                "Right person not confirmed",
                "r.outcome in ('open', 'lapsed') and (r.confirmed_on is null or d.left_on <= :today)"),
        RISK(
                "At risk",
                "r.outcome in ('open', 'lapsed') and (coalesce(r.settled, r.call) in ('risk', 'lost')"
                        + " or o.band = 'AT_RISK')"),
        CALL("Call missing", Calls.MISSING),
        DISPUTED("For a leader to decide", Calls.DISPUTED),
        PLAN(
                "Save plan runs",
                "r.outcome in ('open', 'lapsed') and exists (select from renewals.save_plan s"
                        + " where s.renewal_id = r.id and s.result is null)"),
        LAPSED("Lapsed", "r.outcome = 'lapsed'"),
        CLOSED("Closed", "r.outcome in ('renewed', 'lost')");

        private final String title;
        private final String condition;

        Only(String title, String condition) {
            this.title = title;
            this.condition = condition;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String title() {
            return title;
        }

        String condition() {
            return condition;
        }

        static Optional<Only> find(String key) {
            return Arrays.stream(values())
                    .filter(only -> only.key().equals(key))
                    .findFirst();
        }
    }

    /** Orders; each by one value and then by identity. */
    public enum Sort {
        DUE("Due", "r.due_on", "date", false),
        AMOUNT("Amount", "r.annual", "numeric", true),
        NOTICE("Notice", "r.notice_on", "date", false),
        HEALTH("Health", "coalesce(o.score, 1000)", "numeric", false),
        ACCOUNT("Account", "lower(a.name)", "text", false);

        private final String title;
        private final String value;
        private final String type;
        private final boolean down;

        Sort(String title, String value, String type, boolean down) {
            this.title = title;
            this.value = value;
            this.type = type;
            this.down = down;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String title() {
            return title;
        }

        String value() {
            return value;
        }

        String type() {
            return type;
        }

        boolean down() {
            return down;
        }
    }

    public RenewalFilter {
        words = words.strip();
        words = words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) : words;
        words = words.replace("\u0000", "");
        account = account.replace("\u0000", "").strip();
        window = window.matches("90|183|365|all") ? window : HALF_A_YEAR;
        currency = currency.matches("[A-Za-z]{3}") ? currency.toUpperCase(Locale.ROOT) : "";
        month = month(month) == null ? "" : month;
    }

    public static RenewalFilter plain() {
        return new RenewalFilter("", "", "", "", "", "", "", "", "", "");
    }

    /** Everything that is open at one account. */
    public static RenewalFilter of(String account) {
        return new RenewalFilter("", "all", "", "", "", "", "", account, "", "");
    }

    public Only chosen() {
        return Only.find(only).orElse(Only.OPEN);
    }

    public Sort order() {
        return Arrays.stream(Sort.values())
                .filter(one -> one.key().equals(sort))
                .findFirst()
                .orElse(Sort.DUE);
    }

    public RenewalFilter with(Only other) {
        return new RenewalFilter(other.key(), window, month, owner, way, stage, currency, account, words, sort);
    }

    public RenewalFilter by(Sort other) {
        return new RenewalFilter(only, window, month, owner, way, stage, currency, account, words, other.key());
    }

    public RenewalFilter in(YearMonth other) {
        return new RenewalFilter(only, window, other.toString(), owner, way, stage, currency, account, words, sort);
    }

    public boolean mine() {
        return owner.equals("mine");
    }

    /** First day that is asked for; what is closed is looked for backwards. */
    LocalDate from(LocalDate today) {
        YearMonth asked = month(month);
        if (asked != null) {
            return asked.atDay(1);
        }
        return chosen() == Only.CLOSED && !window.equals("all") ? today.minusDays(days()) : LocalDate.EPOCH;
    }

    /** First day that is not asked for any more. */
    LocalDate until(LocalDate today) {
        YearMonth asked = month(month);
        if (asked != null) {
            return asked.plusMonths(1).atDay(1);
        }
        return window.equals("all") ? today.plusYears(100) : today.plusDays(days() + 1L);
    }

    private int days() {
        return Integer.parseInt(window);
    }

    private static @org.jspecify.annotations.Nullable YearMonth month(String text) {
        try {
            return text.isEmpty() ? null : YearMonth.parse(text);
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    /** As the address says it; what is plain is left out. */
    public String query() {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("only", chosen() == Only.OPEN ? "" : chosen().key());
        said.put("window", window.equals(HALF_A_YEAR) ? "" : window);
        said.put("month", month);
        said.put("owner", mine() ? owner : "");
        said.put("way", way);
        said.put("stage", stage);
        said.put("currency", currency);
        said.put("account", account);
        said.put("q", words);
        said.put("sort", order() == Sort.DUE ? "" : order().key());
        StringBuilder query = new StringBuilder();
        said.forEach((name, value) -> {
            if (!value.isEmpty()) {
                query.append(query.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8));
            }
        });
        return query.toString();
    }

    public boolean isPlain() {
        return query().isEmpty();
    }
}
