/**
 * A safetensors file: its header, which is believed only where it fits the file, and its numbers as
 * fp32, of which one that is not finite is named. Of its module it imports nothing.
 */
package dev.keizoku.llm.weights.safetensors;
