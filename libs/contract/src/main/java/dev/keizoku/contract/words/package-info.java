/** What is said to readers in more than one language. Of its module it imports nothing. */
package dev.keizoku.contract.words;
