package io.perennial.campaigns;

/** Something cannot be done as it was asked; the message says why and what to do. Nothing was changed. */
public class CampaignRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CampaignRefused(String message) {
        super(message);
    }
}
