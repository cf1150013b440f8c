/**
 * Scores of single items, kept in the object store under all that they depend on, so that nothing
 * is scored twice. Of its module it imports nothing.
 */
package dev.keizoku.eval.items;
