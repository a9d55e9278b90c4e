package io.perennial.campaigns;

/** Somebody else changed it since it was shown. Nothing was changed. */
public class CampaignMoved extends CampaignRefused {

    private static final long serialVersionUID = 1L;

    public CampaignMoved(String message) {
        super(message);
    }
}
