/**
 * {@code file://}: a local folder, with the promises of a store. May import the port and the
 * contract.
 */
package dev.keizoku.storage.file;
