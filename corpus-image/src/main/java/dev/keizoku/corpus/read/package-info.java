/**
 * Bytes in, documents out: a reader a format, archives looked into, encodings detected. A reader
 * gives the text as a person would read it on the page, without markup, menus and readings; making
 * characters uniform is {@code .clean}'s part. Of its module it imports {@code read.markup}, {@code
 * reject}.
 */
package dev.keizoku.corpus.read;
