/**
 * Opens the store that a program uses: the one room that knows every kind of store and chooses by
 * the scheme of a URI. Of its module it imports {@code file}, {@code hub}, {@code remote}, {@code
 * s3}, {@code storage}, {@code web}.
 */
package dev.keizoku.storage.open;
