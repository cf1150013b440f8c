/**
 * From a question and a prompt text to what the model is given: the context, as plain text or as a
 * conversation, a continuation for each choice, and both as tokens. Pure, once the chat template is
 * read. Of its module it imports {@code task}, {@code template}.
 */
package dev.keizoku.eval.request;
