/**
 * What every store behind a network is made of: requests, retries while it is away, streams that go
 * on where a connection broke. Knows no kind of store. Of its module it imports {@code storage}.
 */
package dev.keizoku.storage.remote;
