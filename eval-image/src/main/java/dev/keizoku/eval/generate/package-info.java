/**
 * Texts that the models write after the same beginnings, for people to read beside the scores. Of
 * its module it imports {@code score}.
 */
package dev.keizoku.eval.generate;
