/**
 * Answers that a model wrote: what is read out of them, and whether they are right. Pure. Of its
 * module it imports nothing.
 */
package dev.keizoku.eval.answer;
