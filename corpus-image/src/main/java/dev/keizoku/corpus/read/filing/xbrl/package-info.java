/**
 * What EDINET's and TDnet's filings are written in: pages in iXBRL, instances in XBRL and their
 * tables; by element, what is text, what is a figure and what tells of persons. Of its module it
 * imports {@code read.markup}.
 */
package dev.keizoku.corpus.read.filing.xbrl;
