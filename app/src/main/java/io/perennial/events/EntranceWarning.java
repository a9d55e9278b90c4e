package io.perennial.events;

import io.perennial.platform.web.AdminWarning;

/** Why the entrance takes no events now although the database answers. */
public interface EntranceWarning extends AdminWarning {}
