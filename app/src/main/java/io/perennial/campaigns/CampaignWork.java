package io.perennial.campaigns;

import io.perennial.platform.background.Loop;
import io.perennial.platform.live.Live;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Keeps campaigns going: sees who reached the goal or came to fit, writes what is due, and ends what is over. */
@Component
class CampaignWork extends Loop {

    private static final Logger log = LoggerFactory.getLogger(CampaignWork.class);
    private static final Duration REST = Duration.ofSeconds(30);

    private final CampaignRows rows;
    private final Enrolment enrolment;
    private final StepSending sending;
    private final Live live;

    CampaignWork(
            CampaignRows rows,
            Enrolment enrolment,
            StepSending sending,
            Live live,
            @Value("${perennial.mail.loops:true}") boolean loops) {
        super("campaigns", REST, loops);
        this.rows = rows;
        this.enrolment = enrolment;
        this.sending = sending;
        this.live = live;
    }

    @Override
    protected Duration step() {
        round();
        return REST;
    }

    /** Everything that is to be done now; what is not due stays. */
    void round() {
        for (UUID id : enrolment.watched()) {
            // Before letters are written: who has reached the goal gets none.
            apart(id, () -> {
                if (enrolment.look(id)) {
                    live.changed("campaign:" + id);
                }
            });
        }
        for (UUID id : rows.running()) {
            apart(id, () -> write(id));
        }
    }

    private void write(UUID id) {
        boolean any = false;
        while (sending.batch(id) > 0) {
            any = true;
        }
        boolean over = enrolment.finish(id);
        if (any || over) {
            live.changed("campaign:" + id);
            live.changed("campaigns");
        }
    }

    /** One campaign that cannot be read or written keeps no other one waiting. */
    private void apart(UUID id, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("Campaign {} stumbled and is tried again", id, e);
        }
    }
}
