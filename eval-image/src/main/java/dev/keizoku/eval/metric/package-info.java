/**
 * The benchmark's metrics, from log-likelihoods to numbers, with the oddities of the reference (tie
 * rules, the factor of its f1). Pure functions. Of its module it imports nothing.
 */
package dev.keizoku.eval.metric;
