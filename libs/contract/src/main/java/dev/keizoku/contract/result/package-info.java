/**
 * What a program tells: the progress that it serves, the final report that it leaves, and the
 * artifact that it commits. Of its module it imports {@code fault}.
 */
package dev.keizoku.contract.result;
