/**
 * The run itself, down one line: plan, models scored one after the other, comparison, files. Sees
 * every other package of the evaluator; none sees it but the command line. Of its module it imports
 * {@code api}, {@code compare}, {@code files}, {@code generate}, {@code items}, {@code judge},
 * {@code lineage}, {@code plan}, {@code remote}, {@code report}, {@code request}, {@code result},
 * {@code score}, {@code stats}.
 */
package dev.keizoku.eval.run;
