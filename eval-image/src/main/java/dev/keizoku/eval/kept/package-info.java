/**
 * What runs have kept, ours and lm-evaluation-harness' alike, read to be compared: samples with
 * their items, or scores alone. Of its module it imports {@code compare}, {@code metric}, {@code
 * stats} and {@code task}.
 */
package dev.keizoku.eval.kept;
