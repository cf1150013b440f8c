/** JSON and digests as artifacts carry them, equal values as equal bytes. */
package dev.keizoku.contract.bytes;
