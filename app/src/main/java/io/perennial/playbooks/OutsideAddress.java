package io.perennial.playbooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Lets calls leave for the outside only: a webhook must not become a way into the network in which the server stands. Asked when
 * an address is entered and again right before each call, since names move; the JVM keeps what it looked up for longer than a
 * call takes, so that the call goes where the check looked.
 */
@Component
class OutsideAddress {

    private static final int V4_IN_V6_AT = 12;

    private final boolean insideToo;

    OutsideAddress(@Value("${perennial.webhooks.inside:false}") boolean insideToo) {
        this.insideToo = insideToo;
    }

    /** @throws PlaybookRefused saying why nothing is sent there */
    void check(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = address.getHost();
        if (host == null || host.isEmpty() || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new PlaybookRefused(
                    "Write an address such as https://hooks.example.com/customers, without a name or password.");
        }
        if (!scheme.equals("https") && !(insideToo && scheme.equals("http"))) {
            throw new PlaybookRefused("A webhook's address begins with https://, so that nobody reads what is sent.");
        }
        if (insideToo) {
            return;
        }
        try {
            for (InetAddress one : InetAddress.getAllByName(host)) {
                if (!isOutside(one)) {
                    throw new PlaybookRefused(
                            "\"" + host + "\" is an address inside a network. Webhooks go outside only.");
                }
            }
        } catch (UnknownHostException e) {
            throw new PlaybookRefused("Nobody knows where \"" + host + "\" is. Check the address.");
        }
    }

    static boolean isOutside(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address four -> isOutside(bytes[0] & 255, bytes[1] & 255, bytes[2] & 255);
            case Inet6Address six -> isOutsideV6(bytes);
            default -> false;
        };
    }

    private static boolean isOutside(int a, int b, int c) {
        return !(a == 0
                || a == 10
                || a >= 224
                || (a == 100 && b >= 64 && b < 128)
                || (a == 192 && b == 0 && (c == 0 || c == 2))
                || (a == 192 && b == 88 && c == 99)
                || (a == 198 && (b == 18 || b == 19))
                || (a == 198 && b == 51 && c == 100)
                || (a == 203 && b == 0 && c == 113));
    }

    /** Global unicast only, and not a way to a v4 address inside. */
    private static boolean isOutsideV6(byte[] bytes) {
        int first = (bytes[0] & 255) << 8 | bytes[1] & 255;
        if (first == 0x2002) {
            return isInetOutside(Arrays.copyOfRange(bytes, 2, 6));
        }
        if (first == 0x0064 && ((bytes[2] & 255) << 8 | bytes[3] & 255) == 0xff9b) {
            return isInetOutside(Arrays.copyOfRange(bytes, V4_IN_V6_AT, bytes.length));
        }
        boolean teredo = first == 0x2001 && bytes[2] == 0 && bytes[3] == 0;
        boolean documentation = first == 0x2001 && (bytes[2] & 255) == 0x0d && (bytes[3] & 255) == 0xb8;
        return (first & 0xe000) == 0x2000 && !teredo && !documentation;
    }

    private static boolean isInetOutside(byte[] four) {
        try {
            return isOutside(InetAddress.getByAddress(four));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
