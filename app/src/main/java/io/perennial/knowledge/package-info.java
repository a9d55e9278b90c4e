/**
 * What is known, written once for everybody who asks: articles in several languages with their versions, the search that
 * finds them, what readers thought of them, and what was looked for in vain. Carries D5.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"shared", "platform", "identity", "accounts :: panels"})
@org.jspecify.annotations.NullMarked
package io.perennial.knowledge;
