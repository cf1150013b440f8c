/**
 * From a question and a prompt text to what the model is given: the context, a continuation for
 * each choice, and both as tokens. Pure. Of its module it imports {@code task}.
 */
package dev.keizoku.eval.request;
