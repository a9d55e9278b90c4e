/**
 * Tiny values that every module speaks: identities, money, actors. No Spring, no database.
 */
@org.springframework.modulith.ApplicationModule(type = org.springframework.modulith.ApplicationModule.Type.OPEN)
@org.jspecify.annotations.NullMarked
package io.perennial.shared;
