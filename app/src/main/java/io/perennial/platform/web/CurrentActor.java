package io.perennial.platform.web;

import io.perennial.shared.Actor;

/** Who makes this request: the API key or the signed-in member. Implemented by identity. */
public interface CurrentActor {

    Actor actor();
}
