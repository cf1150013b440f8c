/**
 * What runs have kept, ours and lm-evaluation-harness' alike, read to be compared: samples with
 * their items, or scores alone. Of its module it imports {@code catalog}, {@code compare}, {@code
 * metric}, {@code stats}, {@code task}.
 */
package dev.keizoku.eval.kept;
