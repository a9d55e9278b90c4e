package io.perennial.platform.web;

import org.jspecify.annotations.Nullable;

/** Who looks at the page, as far as the frame shows it. The identity module answers; nobody is signed in without it. */
public interface SignedIn {

    /** Name of the person, or null when nobody is signed in. */
    @Nullable
    String name();

    /** Name of the role as in {@link NavigationItem#roles()}, or null when nobody is signed in. */
    @Nullable
    String role();

    /** Where the sign-out form posts to. */
    default String signOutUrl() {
        return "/sign-out";
    }
}
