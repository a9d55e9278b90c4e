/** Stories across modules, told over the demo company with a clock that moves. */
@org.jspecify.annotations.NullMarked
package io.perennial.scenarios;
