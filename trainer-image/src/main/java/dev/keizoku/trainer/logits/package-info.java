/**
 * A model's logits for other programs to compare theirs with. May import the libraries; nothing of
 * training.
 */
package dev.keizoku.trainer.logits;
