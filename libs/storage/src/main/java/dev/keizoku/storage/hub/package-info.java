/**
 * {@code hf://}: models of a Hugging Face hub, for reading. May import the port, the contract and
 * the JDK's HTTP client.
 */
package dev.keizoku.storage.hub;
