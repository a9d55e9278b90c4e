package io.perennial.campaigns;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a text may say of a reader, as columns by the names of {@link Template#PLACES}. */
final class PersonFacts {

    /** Of contacts {@code p}; the feature comes from the campaign. */
    static final String COLUMNS = """
            p.name, split_part(btrim(p.name), ' ', 1) as first_name, nullif(btrim(p.title), '') as title, a.name as customer,
            m.name as csm, m.email as csm_email, cast(:feature as text) as feature, cast(o.seats as text) as seats,
            cast(o.active_users as text) as active_users
            """;

    static final String TABLES = """
            accounts.contact p join accounts.account a on a.id = p.account_id
            left join accounts.overview o on o.account_id = a.id
            left join identity.team_member m on m.id = a.owner_id
            """;

    private PersonFacts() {}

    static Map<String, String> of(ResultSet row) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String place : Template.PLACES.keySet()) {
            String value = row.getString(place);
            if (value != null) {
                values.put(place, value);
            }
        }
        return values;
    }
}
