package io.perennial.platform.web;

import io.perennial.shared.Actor;

/** Who sends the request that is being answered: a signed-in person or an API key. */
public interface CurrentActor {

    /** @throws IllegalStateException outside a request, or when nobody is signed in */
    Actor actor();
}
