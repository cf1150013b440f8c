/**
 * A folder in a store that is one thing: its files, their digests, and the manifest that is written
 * last. Of its module it imports {@code storage}.
 */
package dev.keizoku.storage.artifact;
