/**
 * {@code https://}: files of the web, for reading. Of its module it imports {@code remote}, {@code
 * storage}.
 */
package dev.keizoku.storage.web;
