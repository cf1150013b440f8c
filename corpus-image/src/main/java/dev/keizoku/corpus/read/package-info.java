/**
 * Bytes in, documents out: finds the files of the sources, looks into archives and hands each file
 * to the reader of its format; a room a family of formats. A reader gives the text as a person
 * would read it on the page, without markup, menus and readings; making characters uniform is
 * {@code .clean}'s part. Of its module it imports {@code read.archive}, {@code read.encoding},
 * {@code read.file}, {@code read.filing}, {@code read.html}, {@code read.law}, {@code read.office},
 * {@code read.pdf}, {@code read.record}, {@code read.text}, {@code read.wiki}, {@code reject}.
 */
package dev.keizoku.corpus.read;
