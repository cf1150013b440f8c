/**
 * Opens the store that a program uses: the one room that knows every kind of store and chooses by
 * the scheme of a URI. May import the other rooms of the storage.
 */
package dev.keizoku.storage.open;
