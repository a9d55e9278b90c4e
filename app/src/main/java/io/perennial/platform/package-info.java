/**
 * What every module stands on and what knows no domain: database, clock, audit and undo, jobs, record
 * types (one definition feeds CSV, REST and documentation), the page frame, live updates. Carries P1, P3, P7 and P10.
 */
@org.springframework.modulith.ApplicationModule(
        type = org.springframework.modulith.ApplicationModule.Type.OPEN,
        allowedDependencies = {"shared"})
@org.jspecify.annotations.NullMarked
package io.perennial.platform;
