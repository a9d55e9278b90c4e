package io.perennial.platform.records;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Secrets that sign what clients bring back; made at first use and shared by all nodes through the database. */
@Component
public class SigningKeys {

    private static final int BYTES = 32;

    private final JdbcClient database;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    SigningKeys(JdbcClient database) {
        this.database = database;
    }

    /** @param name what it signs; each has a secret of its own */
    public byte[] key(String name) {
        return known.computeIfAbsent(name, this::load);
    }

    private byte[] load(String name) {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        database.sql("insert into platform.signing_key (name, secret) values (:name, :secret) on conflict do nothing")
                .param("name", name)
                .param("secret", fresh)
                .update();
        return database.sql("select secret from platform.signing_key where name = :name")
                .param("name", name)
                .query(byte[].class)
                .single();
    }
}
