/**
 * The port of the object store: what a store promises ({@link ObjectStore}), what names a place in
 * it ({@link StoreUri}), and what every store is made of: retries while it is away, streams that go
 * on where a connection broke, the sentences of what a user can have done wrong. Knows no kind of
 * store. Of its module it imports nothing.
 */
package dev.keizoku.storage;
