package io.perennial.campaigns;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an audience and a goal can be chosen by. */
@Component
public class CampaignChoices {

    private static final int MOST = 100;
    private static final int MOST_FEATURES = 1_000;

    private final JdbcClient database;

    CampaignChoices(JdbcClient database) {
        this.database = database;
    }

    /** @param features by the names that facts and events say */
    public record Offer(
            List<String> roles,
            List<String> segments,
            List<String> stages,
            List<String> bands,
            List<String> products,
            List<String> features) {}

    public Offer offer() {
        return new Offer(
                list("""
                        select role from (select unnest(role_words) as role from accounts.contact limit 100000) r
                        where role <> '' group by 1 order by count(*) desc, 1 limit :most
                        """, MOST),
                list(loose("accounts.account", "segment"), MOST),
                list(loose("accounts.account", "stage"), MOST),
                List.of("healthy", "watch", "at_risk"),
                list(loose("contracts.contract_line", "product"), MOST),
                list(
                        "select name from usage.feature where id <> 0 and not hidden order by name limit :most",
                        MOST_FEATURES));
    }

    /** Of a hundred thousand rows at most: a list to choose from, not a count. */
    private static String loose(String table, String column) {
        return """
                select %2$s from (select %2$s from %1$s where %2$s is not null limit 100000) x
                where %2$s <> '' group by 1 order by count(*) desc, 1 limit :most
                """.formatted(table, column);
    }

    private List<String> list(String sql, int most) {
        return database.sql(sql)
                .param("most", most)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
