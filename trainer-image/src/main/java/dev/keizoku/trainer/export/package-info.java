/**
 * The tuned model in the Hugging Face layout: weights, configuration, and what of the base model
 * goes along unchanged. Of its module it imports {@code report}.
 */
package dev.keizoku.trainer.export;
