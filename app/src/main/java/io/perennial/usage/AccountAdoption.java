package io.perennial.usage;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import io.perennial.usage.AdoptionView.Breadth;
import io.perennial.usage.AdoptionView.FeatureAdoption;
import io.perennial.usage.AdoptionView.Milestone;
import io.perennial.usage.AdoptionView.PeersSay;
import io.perennial.usage.FeatureCatalogue.Feature;
import io.perennial.usage.KnownDays.Window;
import io.perennial.usage.KnownMonths.Days;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Read model behind the adoption of one account. */
@Component
class AccountAdoption {

    private static final int SETTLING = 7;

    private final JdbcClient database;
    private final PackedMonths packed;
    private final AdoptionRows rows;
    private final Peers peers;
    private final KnownDays days;
    private final FeatureCatalogue catalogue;
    private final LoginsOfAccount logins;
    private final Accounts accounts;
    private final KeyActions keyActions;
    private final Clock clock;

    AccountAdoption(
            JdbcClient database,
            PackedMonths packed,
            AdoptionRows rows,
            Peers peers,
            KnownDays days,
            FeatureCatalogue catalogue,
            LoginsOfAccount logins,
            Accounts accounts,
            KeyActions keyActions,
            Clock clock) {
        this.database = database;
        this.packed = packed;
        this.rows = rows;
        this.peers = peers;
        this.days = days;
        this.catalogue = catalogue;
        this.logins = logins;
        this.accounts = accounts;
        this.keyActions = keyActions;
        this.clock = clock;
    }

    /** Empty when the account bought no seats and used nothing in 28 days, or nobody ever used the product. */
    Optional<AdoptionView> of(AccountId account, LocalDate today, Once page) {
        Window window = days.of(account, today, page).orElse(null);
        if (window == null) {
            return Optional.empty();
        }
        KnownMonths months = months(account, window);
        boolean many = months.logins().size() > LoginsOfAccount.MANY;
        return (many ? rows.stored(account) : rows.read(account, window, clock.instant()))
                .map(row -> view(row, months, window, page));
    }

    /** The same without people and history, as of the last renewal: cheap however large the account is. */
    Optional<AdoptionView> summary(AccountId account, Once page) {
        return rows.stored(account).map(row -> view(row, new KnownMonths(Window.upTo(row.until())), null, page));
    }

    /** @param window null for a view without people and history */
    private AdoptionView view(AdoptionRow row, KnownMonths months, @Nullable Window window, Once page) {
        Peers.Segment usual = peers.of(row.segment());
        List<Feature> known = catalogue.shown(page);
        LoginsOfAccount.Found people = window != null
                ? logins.find(row.account(), months.logins(), window)
                : new LoginsOfAccount.Found(List.of(), 0, List.of(), 0, List.of());
        return new AdoptionView(
                row.until(),
                row.seats(),
                row.activeUsers(),
                row.licences(),
                row.unused(),
                row.unusedArr(),
                row.currency(),
                row.stickiness(),
                breadth(row, known),
                row.segment(),
                peersSay(usual),
                window != null ? logins.sessions(row.account(), window).orElse(null) : null,
                features(row, known, usual, months),
                people.roles(),
                people.active(),
                people.activeLogins(),
                people.idle(),
                people.idleLogins(),
                window != null ? milestones(row.account(), known, months) : List.of(),
                window != null ? keyActions.of(row.account()) : List.of());
    }

    private static PeersSay peersSay(Peers.Segment usual) {
        Peers.Usual licences = usual.usual().get(Peers.LICENCES);
        Peers.Usual breadth = usual.usual().get(Peers.BREADTH);
        return new PeersSay(
                Math.max(licences == null ? 0 : licences.accounts(), breadth == null ? 0 : breadth.accounts()),
                usual.median(Peers.LICENCES),
                usual.median(Peers.STICKINESS),
                usual.median(Peers.BREADTH));
    }

    static Breadth breadth(AdoptionRow row, List<Feature> known) {
        return new Breadth(
                used(row, known, null),
                known.size(),
                used(row, known, "basic"),
                of(known, "basic").size(),
                used(row, known, "advanced"),
                of(known, "advanced").size());
    }

    private static List<Feature> of(List<Feature> known, @Nullable String level) {
        return known.stream()
                .filter(feature -> level == null || level.equals(feature.level()))
                .toList();
    }

    private static int used(AdoptionRow row, List<Feature> known, @Nullable String level) {
        return (int) of(known, level).stream()
                .filter(feature -> row.share(feature.id()) != 0)
                .count();
    }

    /** What peers use most comes first, so that what is missing here stands high. */
    private static List<FeatureAdoption> features(
            AdoptionRow row, List<Feature> known, Peers.Segment usual, KnownMonths months) {
        return known.stream()
                .map(feature -> {
                    Days days = months.features().get(feature.id());
                    return new FeatureAdoption(
                            feature.name(),
                            feature.area(),
                            feature.level(),
                            row.share(feature.id()),
                            usual.median(feature.id()),
                            days == null ? null : days.first(),
                            days == null ? null : days.last());
                })
                .filter(feature -> feature.share() != 0 || feature.peers() > 0 || feature.firstUsedOn() != null)
                .sorted(Comparator.<FeatureAdoption>comparingInt(feature -> -Math.max(feature.peers(), feature.share()))
                        .thenComparing(FeatureAdoption::name))
                .toList();
    }

    /** What stands in the first week of everybody's facts may have happened before them. */
    private List<Milestone> milestones(AccountId account, List<Feature> known, KnownMonths months) {
        LocalDate since = accounts.find(account).map(AccountCard::customerSince).orElse(null);
        LocalDate firstUse = first(months.features().values()).orElse(null);
        if (firstUse == null) {
            return List.of();
        }
        LocalDate certain = knownSince().plusDays(SETTLING);
        List<Milestone> reached = new ArrayList<>();
        reached.add(milestone("First use", firstUse, since, certain));
        known.stream()
                .filter(feature -> "advanced".equals(feature.level()))
                .flatMap(feature -> Optional.ofNullable(months.features().get(feature.id())).stream()
                        .map(days -> Map.entry(feature.name(), days.first())))
                .min(Map.Entry.comparingByValue())
                .ifPresent(use -> reached.add(
                        milestone("First advanced feature: " + use.getKey(), use.getValue(), since, certain)));
        List<LocalDate> firsts =
                months.logins().values().stream().map(Days::first).sorted().toList();
        // Where logins became known later than use, their first days say nothing about people.
        if (!firsts.isEmpty() && !firsts.getFirst().isAfter(firstUse.plusDays(SETTLING))) {
            for (int count : new int[] {10, 100, 1_000}) {
                if (firsts.size() >= count) {
                    reached.add(milestone(Wording.number(count) + "th login", firsts.get(count - 1), since, certain));
                }
            }
        }
        reached.sort(Comparator.comparing(Milestone::day));
        return reached;
    }

    private LocalDate knownSince() {
        return database.sql("select coalesce(min(day), '1970-01-01') from usage.company_day")
                .query(LocalDate.class)
                .single();
    }

    private static Milestone milestone(String text, LocalDate day, @Nullable LocalDate since, LocalDate certain) {
        boolean earlier = day.isBefore(certain);
        boolean counts = !earlier && since != null && !day.isBefore(since);
        return new Milestone(
                text, day, earlier, counts ? Integer.valueOf((int) ChronoUnit.DAYS.between(since, day)) : null);
    }

    private static Optional<LocalDate> first(Collection<Days> days) {
        return days.stream().map(Days::first).min(LocalDate::compareTo);
    }

    private KnownMonths months(AccountId account, Window window) {
        packed.pack(List.of(account));
        KnownMonths months = new KnownMonths(window);
        database.sql("select month, features, logins from usage.account_month where account_id = :account")
                .param("account", account.value())
                .query(row -> {
                    months.add(
                            row.getObject("month", LocalDate.class), row.getBytes("features"), row.getBytes("logins"));
                });
        return months;
    }
}
