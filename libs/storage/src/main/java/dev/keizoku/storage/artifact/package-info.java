/**
 * A folder in a store that is one thing: its files, their digests, and the manifest that is written
 * last. May import the port and the contract, no kind of store.
 */
package dev.keizoku.storage.artifact;
