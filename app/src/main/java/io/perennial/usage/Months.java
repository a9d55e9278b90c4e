package io.perennial.usage;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds the partition of a month before its first fact is written, in a transaction of its own: it needs a moment
 * alone with the table, and must not hold anything else meanwhile. When readers do not let it in, the facts go to
 * the default partition, where every query finds them too.
 */
@Component
class Months {

    private static final Logger LOG = LoggerFactory.getLogger(Months.class);

    private static final List<String> TABLES = List.of("daily", "user_day");

    private final JdbcClient database;
    private final TransactionTemplate alone;
    private final Set<YearMonth> settled = ConcurrentHashMap.newKeySet();

    Months(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    void ensure(Collection<LocalDate> days) {
        Set<YearMonth> missing = new TreeSet<>();
        for (LocalDate day : days) {
            YearMonth month = YearMonth.from(day);
            if (!settled.contains(month)) {
                missing.add(month);
            }
        }
        for (YearMonth month : missing) {
            TABLES.forEach(table -> add(table, month));
            settled.add(month);
        }
    }

    private void add(String table, YearMonth month) {
        String name = "%s_%d_%02d".formatted(table, month.getYear(), month.getMonthValue());
        try {
            alone.executeWithoutResult(status -> {
                boolean there = database.sql("select to_regclass(:name) is not null")
                        .param("name", "usage." + name)
                        .query(Boolean.class)
                        .single();
                if (!there) {
                    database.sql("set local lock_timeout = '2s'").update();
                    database.sql("create table if not exists usage." + name
                                    + " partition of usage." + table + " for values from ('"
                                    + month.atDay(1) + "') to ('"
                                    + month.plusMonths(1).atDay(1) + "')")
                            .update();
                }
            });
        } catch (DataAccessException e) {
            LOG.info("Usage of {} goes to the default partition: {}", month, e.getMessage());
        }
    }
}
