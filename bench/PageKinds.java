import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What people open, each time a little differently, with the statements one would write by hand for the same answer. */
class PageKinds {

    private static final String HTML = "text/html";
    private static final String JSON = "application/json";

    /** @param sql empty when there is no hand-written counterpart */
    record Kind(String name, String accept, IntFunction<String> path, Sql sql) {}

    interface Sql extends IntFunction<List<String>> {
        default boolean isEmpty() {
            return apply(0).isEmpty();
        }
    }

    private static final String SUMS = "select band, currency, count(*), sum(arr), sum(arr) filter (where band = 'AT_RISK')"
            + " from accounts.overview where %s group by 1, 2";
    private static final String ROWS = "select * from accounts.overview where %s order by %s, account_id limit 100";
    private static final Sql NONE = i -> List.of();

    private final List<Kind> kinds = new ArrayList<>();
    private final List<String> accounts;
    private final List<String> large;
    private final List<String> owners;
    private final List<String> names;
    private final List<String> mails;
    private final List<String> numbers;
    private final List<String> solved;
    private final List<String> open;

    private PageKinds(Database database) throws SQLException {
        accounts = database.rows("select account_id from accounts.overview order by md5(account_id::text) limit 400");
        large = database.rows("select account_id from accounts.overview where segment = 'Enterprise' order by events_28 desc nulls last limit 60");
        owners = database.rows("select owner_name from accounts.overview where owner_name is not null group by 1 order by 1");
        names = database.rows("select name from accounts.overview order by md5(name) limit 300");
        numbers = database.rows("select number from cases.support_case order by md5(id::text) limit 300");
        solved = database.rows("select id from cases.support_case where state = 'closed' order by md5(id::text) limit 300");
        open = database.rows("select id from cases.support_case where state = 'open' order by md5(id::text) limit 300");
        mails = database.rows("select email from accounts.contact tablesample system (0.5) limit 300");
    }

    static List<Kind> of(Database database) throws SQLException {
        PageKinds kinds = new PageKinds(database);
        kinds.lists();
        kinds.searches();
        kinds.accounts();
        kinds.others();
        kinds.desk();
        return kinds.kinds;
    }

    private void lists() {
        list("list, first page", i -> "", i -> "true", "score");
        list("list, sorted by ARR", i -> "?sort=-arr", i -> "true", "arr desc nulls last");
        list("list, sorted by name", i -> "?sort=name", i -> "true", "name");
        list("list, sorted by change", i -> "?sort=score_change", i -> "true", "score - score_before");
        list("list, sorted by last contact", i -> "?sort=last_touch_on", i -> "true", "last_touch_on");
        list("list, one owner", i -> "?filter=owner_name:is:" + Visitor.encoded(of(owners, i)),
                i -> "owner_name = '" + of(owners, i) + "'", "score");
        list("list, segment and band", i -> "?filter=segment:is:" + segment(i) + "&filter=band:is:AT_RISK%7CWATCH",
                i -> "segment = '" + segment(i) + "' and band in ('AT_RISK', 'WATCH')", "score");
        list("list, renewal window", i -> "?filter=renews_on:within:" + (30 + i % 90) + "&sort=renews_on",
                i -> "renews_on between current_date and current_date + " + (30 + i % 90), "renews_on");
        list("list, five conditions", i -> "?filter=segment:not:Enterprise&filter=renews_on:within:" + (60 + i % 120)
                        + "&filter=open_signals:over:0&filter=usage_change:under:-0.1&filter=arr:over:" + (500 + i % 50 * 100) + "&sort=-arr",
                i -> "segment <> 'Enterprise' and renews_on between current_date and current_date + " + (60 + i % 120)
                        + " and open_signals > 0 and usage_change < -0.1 and arr > " + (500 + i % 50 * 100), "arr desc nulls last");
        list("list, industry and country", i -> "?filter=industry:is:Software%7CBanking&filter=country:is:" + country(i),
                i -> "industry in ('Software', 'Banking') and country = '" + country(i) + "'", "score");
        list("list, name contains", i -> "?q=" + Visitor.encoded(middle(i)), i -> "name ilike '%" + middle(i) + "%'", "score");
        for (String by : List.of("owner_name", "segment", "industry", "renews_on")) {
            add("list, grouped by " + by, HTML, i -> "/accounts?group=" + by + "&sort=" + (i % 2 == 0 ? "-arr" : "score"),
                    i -> List.of("select " + by + ", band, currency, count(*), sum(arr) from accounts.overview group by 1, 2, 3"));
        }
        add("list, page 200 of 1,000", HTML, i -> "/accounts?from=" + (20_000 + i % 7 * 100),
                i -> List.of("select * from accounts.overview order by score, account_id offset " + (20_000 + i % 7 * 100) + " limit 100"));
        add("list, page 900 by ARR", HTML, i -> "/accounts?sort=-arr&from=" + (90_000 + i % 7 * 100), NONE);
    }

    private void searches() {
        search("search, beginning of a name", i -> of(names, i).substring(0, 4), true);
        search("search, a whole word more", i -> String.join(" ", List.of(of(names, i).split(" ")).subList(0, 2)), true);
        search("search, middle of a name", this::middle, true);
        search("search, with a typing error", i -> typed(of(names, i).split(" ")[0]), false);
        search("search, mail address", i -> of(mails, i), true);
        search("search, a common first name", i -> List.of("sofia", "nora", "luis", "mia").get(i % 4), true);
    }

    private void accounts() {
        for (String tab : List.of("overview", "timeline", "health", "people", "contracts", "usage", "cases", "surveys")) {
            add("account, " + tab, HTML, i -> "/accounts/" + of(accounts, i) + "?tab=" + tab, NONE);
        }
        add("account, overview of the largest", HTML, i -> "/accounts/" + of(large, i), NONE);
        add("account, usage of the largest", HTML, i -> "/accounts/" + of(large, i) + "?tab=usage", i -> List.of("""
                select feature_id, (current_date - day) / 7, sum(events) from usage.daily
                where account_id = '%s' and day > current_date - 85 and day < current_date group by 1, 2""".formatted(of(large, i))));
        add("account, preview panel", HTML, i -> "/accounts/" + of(accounts, i) + "/preview", NONE);
    }

    private void others() {
        add("today", HTML, i -> "/", NONE);
        add("signals", HTML, i -> "/signals", NONE);
        add("signals of one cause", HTML, i -> "/signals?cause=" + List.of("silence", "detractor", "falling_usage").get(i % 3), NONE);
        add("health", HTML, i -> "/health", i -> List.of(SUMS.formatted("true")));
        add("recent changes", HTML, i -> "/changes", NONE);
    }

    private void desk() {
        add("cases, due next", HTML, i -> "/cases", NONE);
        add("cases, at risk", HTML, i -> "/cases?view=risk", NONE);
        add("cases, unassigned", HTML, i -> "/cases?view=unassigned", NONE);
        add("cases, of one product", HTML, i -> "/cases?skill=" + List.of("lumen%20plan", "lumen%20track", "lumen%20insight").get(i % 3), NONE);
        add("cases, waiting", HTML, i -> "/cases?view=waiting", NONE);
        add("cases, not satisfied", HTML, i -> "/cases?view=unhappy", NONE);
        add("cases, all", HTML, i -> "/cases?view=all", NONE);
        add("cases, found by words", HTML, i -> "/cases?view=all&q=" + Visitor.encoded(
                List.of("Sign-in asks", "slow in the morning", "month end 12", "Invoice does not match", "morning slow").get(i % 5)), NONE);
        add("cases, found by rare words", HTML, i -> "/cases?view=all&q=" + Visitor.encoded("Safari " + i % 997), NONE);
        add("cases, found by number", HTML, i -> "/cases?view=all&q=%23" + of(numbers, i), NONE);
        add("case, similar ones", HTML, i -> "/cases/" + of(open, i) + "/similar", NONE);
        add("case, solved", HTML, i -> "/cases/" + of(solved, i), NONE);
        add("case, open", HTML, i -> "/cases/" + of(open, i), NONE);
    }

    private void list(String name, IntFunction<String> query, IntFunction<String> where, String order) {
        add(name, HTML, i -> "/accounts" + query.apply(i), i -> List.of(ROWS.formatted(where.apply(i), order), SUMS.formatted(where.apply(i))));
    }

    private void search(String name, IntFunction<String> text, boolean anchored) {
        Sql sql = i -> List.of(
                "select account_id, name from accounts.overview where name ilike '%" + quoted(text.apply(i)) + "%' limit 8",
                "select name from accounts.contact where name ilike '%" + quoted(text.apply(i)) + "%' or email ilike '%" + quoted(text.apply(i)) + "%' limit 6");
        add(name, JSON, i -> "/search?q=" + Visitor.encoded(text.apply(i)), anchored ? sql : NONE);
    }

    private void add(String name, String accept, IntFunction<String> path, Sql sql) {
        kinds.add(new Kind(name, accept, path, sql));
    }

    private static String of(List<String> list, int i) {
        return list.get(i % list.size());
    }

    private static String segment(int i) {
        return List.of("SMB", "Mid-market", "Enterprise").get(i % 3);
    }

    private static String country(int i) {
        return List.of("DE", "FR", "US", "SE", "JP").get(i % 5);
    }

    private String middle(int i) {
        String name = of(names, i);
        return name.substring(2, Math.min(name.length(), 7));
    }

    /** Two letters change places, as fingers do. */
    private static String typed(String word) {
        int at = word.length() / 2;
        return word.substring(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.substring(at + 1);
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }
}
