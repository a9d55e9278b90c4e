package io.perennial.campaigns;

import io.perennial.platform.web.Wording;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Readers for whom a letter would have a gap: found before anything is sent. */
@Component
class MissingValues {

    private final AudienceQuery audience;

    MissingValues(AudienceQuery audience) {
        this.audience = audience;
    }

    /** One sentence for each place that some readers have no value for. */
    List<String> sentences(Campaign campaign, Set<String> needs, Worker worker) {
        if (needs.isEmpty()) {
            return List.of();
        }
        return audience.asked(
                        campaign,
                        Candidates.judged(campaign.audience().behaviour()) + """
                , fact as (
                    select p.id, p.name as reader, a.name as company, a.owner_id,
                """ + PersonFacts.COLUMNS
                                + " from judged j join "
                                + PersonFacts.TABLES
                                        .strip()
                                        .replaceFirst("accounts.contact p", "accounts.contact p on p.id = j.id")
                                + """

                    where j.why = ''
                )
                select v.place, count(*) as people, min(reader || ' at ' || company)
                    filter (where cast(:seen_by as uuid) is null or owner_id = cast(:seen_by as uuid)) as example
                from fact f cross join lateral (values ('first_name', f.first_name), ('name', f.name), ('title', f.title),
                    ('customer', f.customer), ('csm', f.csm), ('csm_email', f.csm_email), ('feature', f.feature),
                    ('seats', f.seats), ('active_users', f.active_users)) as v (place, value)
                where v.place = any(:needs) and coalesce(btrim(v.value), '') = ''
                group by v.place order by v.place
                """)
                .param("needs", needs.toArray(String[]::new))
                .param("seen_by", worker.onlyOwner())
                .query((row, number) -> sentence(row.getString(1), row.getLong(2), row.getString(3)))
                .list();
    }

    private static String sentence(String place, long people, @Nullable String example) {
        return "No value is known for {" + place + "} of " + Wording.count(people)
                + (people == 1 ? " person" : " people") + (example == null ? "" : " (" + example + ")")
                + ". Write what stands there instead, as {"
                + place + "|…}, or narrow the audience.";
    }
}
