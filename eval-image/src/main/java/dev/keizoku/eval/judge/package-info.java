/**
 * A model that compares the written answers of two others by a rubric, in both orders, and what is
 * kept and told of it. Of its module it imports {@code api}, {@code items}, {@code stats}.
 */
package dev.keizoku.eval.judge;
