/** Unicode's normal forms, quickly for Japanese text. Of its module it imports nothing. */
package dev.keizoku.corpus.unicode;
