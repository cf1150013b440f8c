/**
 * Base and candidates on the same items, compared: which items belong together, the mean over
 * prompts and tasks, and what may be said of a difference. Pure functions. Of its module it imports
 * {@code metric} and {@code stats}.
 */
package dev.keizoku.eval.compare;
