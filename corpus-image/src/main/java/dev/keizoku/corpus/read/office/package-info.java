/**
 * Readers of office documents: Word, Excel and PowerPoint, also of before 2007. Of its module it
 * imports {@code read.file}, {@code read.markup}, {@code reject}.
 */
package dev.keizoku.corpus.read.office;
