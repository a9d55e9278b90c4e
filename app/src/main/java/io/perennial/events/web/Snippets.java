package io.perennial.events.web;

import java.net.URI;
import java.util.Locale;

/**
 * What to paste into an app, with our address and the write key filled in.
 *
 * @param base our address without a slash at the end
 */
public record Snippets(String base, String key) {

    /** Stands in for a key that was shown once and is not known any more. */
    static final String UNKNOWN = "YOUR_WRITE_KEY";

    public String browser() {
        return """
                import { AnalyticsBrowser } from '@segment/analytics-next'

                const analytics = AnalyticsBrowser.load({
                  writeKey: '%s',
                  cdnSettings: { integrations: { 'Segment.io': {
                    apiKey: '%s', apiHost: '%s/v1', protocol: '%s' } } }
                })
                analytics.identify('ada', { name: 'Ada Byron', email: 'ada@acme.example' })
                analytics.group('acme')
                analytics.track('Report opened', { pages: 3 })""".formatted(key, key, host(), scheme());
    }

    public String node() {
        return """
                import { Analytics } from '@segment/analytics-node'

                const analytics = new Analytics({ writeKey: '%s', host: '%s' })
                analytics.group({ userId: 'ada', groupId: 'acme' })
                analytics.track({ userId: 'ada', event: 'Report opened', context: { groupId: 'acme' } })""".formatted(key, base);
    }

    public String curl() {
        return """
                curl -u '%s:' %s/v1/track \\
                  -H 'Content-Type: application/json' \\
                  -d '{"userId":"ada","event":"Report opened","context":{"groupId":"acme"}}'""".formatted(key, base);
    }

    private String host() {
        return URI.create(base).getRawAuthority();
    }

    private String scheme() {
        return URI.create(base).getScheme().toLowerCase(Locale.ROOT);
    }
}
