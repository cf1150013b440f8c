/** Texts that the models write after the same beginnings, for people to read beside the scores. */
package dev.keizoku.eval.generate;
