/**
 * JSON and digests as artifacts carry them, equal values as equal bytes. Of its module it imports
 * {@code fault}.
 */
package dev.keizoku.contract.bytes;
