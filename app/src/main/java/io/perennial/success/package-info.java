/**
 * What customers want to reach with the product and how far they are: success plans with objectives and measurable outcomes,
 * blueprints of what is possible, and the journey of a customer's life. Carries E4; live values come in through {@code measures}.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"shared", "platform", "identity", "accounts", "accounts :: panels", "engagement", "mail"
        })
@org.jspecify.annotations.NullMarked
package io.perennial.success;
