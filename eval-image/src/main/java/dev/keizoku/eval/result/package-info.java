/**
 * The files that an evaluation leaves: {@code results.json} and {@code samples.jsonl} in the shape
 * of lm-evaluation-harness, and the aggregation over tasks and prompt sets. Of its module it
 * imports {@code answer}, {@code compare}, {@code generate}, {@code judge}, {@code lineage}, {@code
 * metric}, {@code request}, {@code score}, {@code stats}.
 */
package dev.keizoku.eval.result;
