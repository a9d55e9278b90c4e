package io.perennial.world;

import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The customer book of a test: accounts, people, lines and conversations, written straight into the tables. */
public final class Book {

    private final JdbcClient database;

    public Book(JdbcClient database) {
        this.database = database;
    }

    public AccountId account(String externalId, String name) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into accounts.account (id, external_id, name, created_at, updated_at)
                values (:id, :external, :name, now(), now())
                """)
                .param("id", id)
                .param("external", externalId)
                .param("name", name)
                .update();
        return new AccountId(id);
    }

    public UUID member(String name) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into identity.team_member (id, external_id, name, email, created_at, updated_at)
                values (:id, :name, :name, :name || '@example.com', now(), now())
                """).param("id", id).param("name", name).update();
        return id;
    }

    /** A person with roles separated by {@code |}. */
    public UUID contact(
            AccountId account, String name, String roles, @Nullable String leftOn, @Nullable String confirmedOn) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into accounts.contact (id, external_id, account_id, name, roles, left_on, confirmed_on,
                    created_at, updated_at)
                values (:id, :name, :account, :name, string_to_array(:roles, '|'), :left::date, :confirmed::date,
                    now(), now())
                """)
                .param("id", id)
                .param("name", name)
                .param("account", account.value())
                .param("roles", roles)
                .param("left", leftOn)
                .param("confirmed", confirmedOn)
                .update();
        return id;
    }

    public void touchpoint(AccountId account, String kind, Instant at, String subject) {
        database.sql("""
                insert into engagement.touchpoint (id, external_id, account_id, kind, at, subject, created_at,
                    updated_at)
                values (:id, :id::text, :account, :kind, :at, :subject, now(), now())
                """)
                .param("id", UUID.randomUUID())
                .param("account", account.value())
                .param("kind", kind)
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("subject", subject)
                .update();
    }

    /** A line that runs from that day, in EUR and for a month's amount unless said otherwise. */
    public Line line(AccountId account, String amount, String starts) {
        return new Line(account, new BigDecimal(amount), LocalDate.parse(starts));
    }

    /** A contract that is said to renew itself for so many months, and to replace another. */
    public UUID contract(
            AccountId account,
            String externalId,
            @Nullable Boolean automatic,
            @Nullable Integer renewalMonths,
            @Nullable UUID replaces) {
        UUID id = UUID.randomUUID();
        database.sql("""
                insert into contracts.contract (id, external_id, account_id, auto_renew, renewal_months, replaces, created_at,
                    updated_at)
                values (:id, :external, :account, :auto, :months, :replaces, now(), now())
                """)
                .param("id", id)
                .param("external", externalId)
                .param("account", account.value())
                .param("auto", automatic)
                .param("months", renewalMonths)
                .param("replaces", replaces)
                .update();
        return id;
    }

    /** A cancellation of everything; without an effective day when that is null. */
    public void cancellation(AccountId account, String on, @Nullable String effective) {
        database.sql("""
                insert into contracts.cancellation (id, external_id, account_id, cancelled_on, effective_on, created_at,
                    updated_at)
                values (gen_random_uuid(), gen_random_uuid()::text, :account, cast(:on as date), cast(:effective as date), now(),
                    now())
                """)
                .param("account", account.value())
                .param("on", on)
                .param("effective", effective)
                .update();
    }

    /** One contract line in the making; {@link #add()} writes it. */
    public final class Line {

        private final AccountId account;
        private final BigDecimal amount;
        private final LocalDate starts;
        private @Nullable LocalDate ends;
        private @Nullable LocalDate scheduledEnd;
        private @Nullable Integer seats;
        private @Nullable Boolean autoRenew;
        private @Nullable String unit;
        private String period = "month";
        private String currency = "EUR";
        private String kind = "subscription";
        private String product = "Planner";
        private @Nullable UUID contract;
        private @Nullable BigDecimal escalator;
        private @Nullable BigDecimal uplift;
        private @Nullable BigDecimal discount;
        private @Nullable LocalDate discountEnds;

        private Line(AccountId account, BigDecimal amount, LocalDate starts) {
            this.account = account;
            this.amount = amount;
            this.starts = starts;
        }

        public Line until(String day) {
            this.ends = LocalDate.parse(day);
            return this;
        }

        public Line agreedUntil(String day) {
            this.scheduledEnd = LocalDate.parse(day);
            return this;
        }

        public Line seats(int number) {
            this.seats = number;
            return this;
        }

        public Line countedIn(String name) {
            this.unit = name;
            return this;
        }

        public Line renewsByItself(boolean automatic) {
            this.autoRenew = automatic;
            return this;
        }

        /** Dearer by this share from each anniversary on. */
        public Line dearerEachYear(@Nullable BigDecimal share) {
            this.escalator = share;
            return this;
        }

        /** Dearer by this share at each renewal by itself. */
        public Line dearerAtRenewal(String share) {
            this.uplift = new BigDecimal(share);
            return this;
        }

        /** The amount is already less by this share, until the day. */
        public Line cheaperUntil(String share, String day) {
            this.discount = new BigDecimal(share);
            this.discountEnds = LocalDate.parse(day);
            return this;
        }

        public Line per(String name) {
            this.period = name;
            return this;
        }

        public Line in(String code) {
            this.currency = code;
            return this;
        }

        public Line of(String name) {
            this.kind = name;
            return this;
        }

        public Line product(String name) {
            this.product = name;
            return this;
        }

        public Line under(UUID id) {
            this.contract = id;
            return this;
        }

        public UUID add() {
            UUID id = UUID.randomUUID();
            database.sql("""
                    insert into contracts.contract_line (id, external_id, account_id, contract_id, product, kind,
                        amount, period, currency, starts_on, ends_on, scheduled_ends_on, seats, unit, auto_renew,
                        escalator, uplift, discount, discount_ends_on, created_at, updated_at)
                    values (:id, :id::text, :account, :contract, :product, :kind, :amount, :period, :currency,
                        :starts, :ends, :scheduled, :seats, :unit, :auto, :escalator, :uplift, :discount, :discountEnds,
                        now(), now())
                    """)
                    .param("id", id)
                    .param("account", account.value())
                    .param("contract", contract)
                    .param("product", product)
                    .param("kind", kind)
                    .param("amount", amount)
                    .param("period", period)
                    .param("currency", currency)
                    .param("starts", starts)
                    .param("ends", ends)
                    .param("scheduled", scheduledEnd)
                    .param("seats", seats)
                    .param("unit", unit)
                    .param("auto", autoRenew)
                    .param("escalator", escalator)
                    .param("uplift", uplift)
                    .param("discount", discount)
                    .param("discountEnds", discountEnds)
                    .update();
            return id;
        }
    }
}
