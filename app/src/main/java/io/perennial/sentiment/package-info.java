/**
 * Reads how somebody sounds: a small model of words, learned from sentences that we wrote and words that may be used
 * freely, shipped as readable weights. Pure: text in, tone out.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"shared", "platform"})
@org.jspecify.annotations.NullMarked
package io.perennial.sentiment;
