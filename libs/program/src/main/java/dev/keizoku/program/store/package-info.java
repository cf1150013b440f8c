/**
 * The command group {@code store} of every program: upload, download, delete, make-bucket. The only
 * room of this module that knows the storage. Of its module it imports nothing.
 */
package dev.keizoku.program.store;
