package io.perennial.contracts;

import io.perennial.accounts.AccountReferences;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** Usage, cases and answers may name their account by a contract or a line of it. */
@Configuration(proxyBeanMethods = false)
class ContractReferences {

    @Bean
    AccountReferences accountsByContract(JdbcClient database) {
        return new ByTable(database, "contract", "contracts.contract");
    }

    @Bean
    AccountReferences accountsByContractLine(JdbcClient database) {
        return new ByTable(database, "contract_line", "contracts.contract_line");
    }

    private record ByTable(JdbcClient database, String column, String table) implements AccountReferences {

        @Override
        public Map<String, UUID> resolve(Collection<String> externalIds) {
            Map<String, UUID> accounts = new HashMap<>();
            database.sql("select external_id, account_id from " + table + " where external_id = any(:ids)")
                    .param("ids", new SqlArrayValue("text", externalIds.toArray()))
                    .query(row -> {
                        accounts.put(row.getString(1), row.getObject(2, UUID.class));
                    });
            return accounts;
        }
    }
}
