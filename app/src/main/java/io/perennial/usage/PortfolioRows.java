package io.perennial.usage;

import io.perennial.identity.Viewer;
import io.perennial.usage.PortfolioQuery.Only;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which stored rows of adoption a question is about, as SQL: rows {@code a}, and their accounts {@code o} where the question
 * asks for an owner.
 *
 * @param from without an owner to ask for, the narrow rows alone are read
 */
record PortfolioRows(String from, String where, Map<String, Object> parameters) {

    static final String NAMED = " from usage.adoption a join accounts.account o on o.id = a.account_id ";
    private static final String NARROW = " from usage.adoption a ";

    static PortfolioRows of(PortfolioQuery query, Viewer viewer) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        boolean owned = !viewer.everything() || query.owner() != null;
        if (!viewer.everything()) {
            conditions.add("o.owner_id = :member");
            parameters.put("member", viewer.memberId());
        }
        if (query.owner() != null) {
            conditions.add("o.owner_id = :owner");
            parameters.put("owner", query.owner());
        }
        if (!query.segment().isEmpty()) {
            conditions.add("a.segment = :segment");
            parameters.put("segment", query.segment());
        }
        if (query.without() > 0) {
            conditions.add("not :without = any(a.features)");
            parameters.put("without", query.without());
        }
        only(query.only()).ifPresent(conditions::add);
        String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        return new PortfolioRows(owned ? NAMED : NARROW, where, Map.copyOf(parameters));
    }

    private static Optional<String> only(Only only) {
        return switch (only) {
            case ALL -> Optional.empty();
            case SILENT -> Optional.of("a.seats > 0 and a.active_users = 0");
            case HALF -> Optional.of("a.active_users < a.seats / 2.0");
            case UNUSED -> Optional.of("a.unused > 0");
        };
    }
}
