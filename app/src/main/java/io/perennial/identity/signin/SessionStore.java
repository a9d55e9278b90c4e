package io.perennial.identity.signin;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Keeps sessions in the database. Attributes are texts: nothing is ever deserialised into objects. The cookie carries
 * 256 random bits; it is called {@code __Host-perennial} where the connection is encrypted.
 */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession(tableName = "identity.session")
class SessionStore {

    private static final int ID_BYTES = 32;

    /** A session is touched in the database once a minute, not at every click: a write costs a flush to disk. */
    private static final String TOUCH = """
            update identity.session stored set session_id = given.session_id,
                last_access_time = given.last_access_time, max_inactive_interval = given.max_inactive_interval,
                expiry_time = given.expiry_time, principal_name = given.principal_name
            from (select ?::text as session_id, ?::bigint as last_access_time, ?::int as max_inactive_interval,
                ?::bigint as expiry_time, ?::text as principal_name, ?::text as primary_id) given
            where stored.primary_id = given.primary_id
                and (stored.session_id <> given.session_id
                    or stored.principal_name is distinct from given.principal_name
                    or stored.max_inactive_interval <> given.max_inactive_interval
                    or stored.last_access_time < given.last_access_time - 60000)
            """;

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> rarelyTouched() {
        return sessions -> {
            sessions.setUpdateSessionQuery(TOUCH);
            sessions.setDefaultMaxInactiveInterval(Sessions.LONGEST);
        };
    }

    @Bean
    SessionIdGenerator sessionIds() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] id = new byte[ID_BYTES];
            random.nextBytes(id);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        };
    }

    /** Error pages too show who is signed in, and their navigation. */
    @Bean
    <S extends Session> FilterRegistrationBean<SessionRepositoryFilter<S>> sessionsOnErrorPages(
            SessionRepositoryFilter<S> filter) {
        FilterRegistrationBean<SessionRepositoryFilter<S>> sessions = new FilterRegistrationBean<>(filter);
        sessions.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
        sessions.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        return sessions;
    }

    @Bean
    ConversionService springSessionConversionService() {
        GenericConversionService texts = new GenericConversionService();
        texts.addConverter(Object.class, byte[].class, SessionStore::stored);
        texts.addConverter(byte[].class, Object.class, bytes -> new String(bytes, StandardCharsets.UTF_8));
        return texts;
    }

    private static byte[] stored(Object attribute) {
        if (attribute instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException(
                "A session keeps texts only, not " + attribute.getClass().getName());
    }

    @Bean
    CookieSerializer sessionCookie(@Value("${perennial.https:false}") boolean https) {
        return new SessionCookie(https);
    }

    private static final class SessionCookie implements CookieSerializer {

        private final boolean https;
        private final DefaultCookieSerializer secure = cookie("__Host-perennial", true);
        private final DefaultCookieSerializer plain = cookie("perennial", false);

        SessionCookie(boolean https) {
            this.https = https;
        }

        @Override
        public void writeCookieValue(CookieValue value) {
            fitting(value.getRequest()).writeCookieValue(value);
        }

        @Override
        public List<String> readCookieValues(HttpServletRequest request) {
            return fitting(request).readCookieValues(request);
        }

        private DefaultCookieSerializer fitting(HttpServletRequest request) {
            return https || request.isSecure() ? secure : plain;
        }

        private static DefaultCookieSerializer cookie(String name, boolean secure) {
            DefaultCookieSerializer cookie = new DefaultCookieSerializer();
            cookie.setCookieName(name);
            cookie.setCookiePath("/");
            cookie.setUseSecureCookie(secure);
            cookie.setUseHttpOnlyCookie(true);
            cookie.setSameSite("Lax");
            cookie.setUseBase64Encoding(false);
            return cookie;
        }
    }
}
