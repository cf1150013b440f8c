/**
 * {@code file://}: a local folder, with the promises of a store. Of its module it imports {@code
 * storage}.
 */
package dev.keizoku.storage.file;
