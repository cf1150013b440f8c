/**
 * {@code hf://}: models and data sets of a Hugging Face hub, for reading. Of its module it imports
 * {@code remote}, {@code storage}.
 */
package dev.keizoku.storage.hub;
