/**
 * What a program tells: the progress that it serves, the final report that it leaves, and the
 * artifact that it commits.
 */
package dev.keizoku.contract.result;
