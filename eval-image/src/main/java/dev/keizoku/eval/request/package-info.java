/**
 * From a question and a prompt text to what the model is given: the context, a continuation for
 * each choice, and both as tokens. Pure.
 */
package dev.keizoku.eval.request;
