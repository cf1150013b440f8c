/**
 * The port of the object store: what a store promises ({@link ObjectStore}), what names a place in
 * it ({@link StoreUri}), and the sentences of what a user can have done wrong. Knows no kind of
 * store. Of its module it imports nothing.
 */
package dev.keizoku.storage;
