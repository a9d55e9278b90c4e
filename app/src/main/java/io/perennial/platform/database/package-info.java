/**
 * The embedded PostgreSQL or an external one, its durability guard, and the migrations of the modules.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.platform.database;
