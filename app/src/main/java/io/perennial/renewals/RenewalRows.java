package io.perennial.renewals;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How renewals are read: with their account, its health, and who decides. */
final class RenewalRows {

    /** {@code r} the renewal, {@code a} its account, {@code o} the account's wide row, {@code d} who decides, {@code w} what its band has meant. */
    static final String FROM = """
            from renewals.renewal r
            join accounts.account a on a.id = r.account_id
            left join accounts.overview o on o.account_id = r.account_id
            left join accounts.contact d on d.id = r.decider_id
            left join renewals.odds w on w.band = coalesce(o.band, 'UNKNOWN')
            """;

    private static final String SELECT = """
            select r.*, %s, a.external_id as account_external_id, a.name as account_name, a.segment,
                coalesce(r.owner_id, a.owner_id) as responsible_id,
                (select m.name from identity.team_member m where m.id = coalesce(r.owner_id, a.owner_id)) as responsible,
                o.score, o.band, coalesce(o.open_signals, 0) as open_signals,
                d.name as decider, coalesce(d.left_on <= :today, false) as decider_left,
                """ + Chance.SQL + " as chance ";

    static final String ALL = select("null as place");

    /** What lies outside a viewer's portfolio does not exist for that viewer. */
    static final String VISIBLE = " (:everything or a.owner_id = :member) ";

    private RenewalRows() {}

    /** @param more a further column */
    static String select(String more) {
        return SELECT.replace("%s", more) + FROM;
    }

    static Renewal renewal(ResultSet row, int number) throws SQLException {
        BigDecimal score = row.getBigDecimal("score");
        return new Renewal(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_external_id"),
                row.getString("account_name"),
                row.getString("segment"),
                row.getObject("responsible_id", UUID.class),
                row.getString("responsible"),
                row.getObject("contract_id", UUID.class),
                row.getString("product"),
                row.getInt("products"),
                row.getString("currency"),
                row.getBigDecimal("annual"),
                row.getBigDecimal("proposed"),
                row.getBigDecimal("uplift"),
                row.getBigDecimal("fees"),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                row.getBoolean("automatic"),
                row.getObject("notice_on", LocalDate.class),
                day(row, "renewed_on"),
                Outcome.of(row.getString("outcome")),
                Stage.of(row.getString("stage")),
                day(row, "confirmed_on"),
                day(row, "noticed_on"),
                day(row, "quoted_on"),
                score == null ? null : score.doubleValue(),
                row.getString("band"),
                row.getInt("open_signals"),
                row.getString("decider"),
                row.getBoolean("decider_left"),
                forecast(row),
                row.getInt("version"));
    }

    private static Forecast forecast(ResultSet row) throws SQLException {
        BigDecimal chance = row.getBigDecimal("chance");
        return new Forecast(
                chance,
                Chance.call(chance),
                Call.orNone(row.getString("call")),
                row.getString("call_reason"),
                day(row, "called_on"),
                row.getString("called_by"),
                Call.orNone(row.getString("settled")),
                row.getString("settled_reason"),
                day(row, "settled_on"),
                row.getString("settled_by"));
    }

    static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }
}
