/**
 * What came out of a run: scores, the comparisons made of them, written answers and their style.
 * Every file and the page are a view of it. Of its module it imports {@code answer}, {@code
 * compare}, {@code generate}, {@code judge}, {@code lineage}, {@code metric}, {@code request},
 * {@code score}, {@code stats}.
 */
package dev.keizoku.eval.result;
