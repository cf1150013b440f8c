/**
 * The files that an evaluation leaves, ours and lm-evaluation-harness' own, and what is read out of
 * them again. Of its module it imports {@code catalog}, {@code compare}, {@code judge}, {@code
 * metric}, {@code request}, {@code result}, {@code score}, {@code task}.
 */
package dev.keizoku.eval.files;
