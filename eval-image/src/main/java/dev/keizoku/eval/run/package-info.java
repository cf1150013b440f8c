/**
 * The run itself, down one line: plan, models scored one after the other, comparison, files. Sees
 * every other package of the evaluator; none sees it but the command line.
 */
package dev.keizoku.eval.run;
