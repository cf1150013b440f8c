/**
 * The words of a status: reasons, headlines, and what is said of a pod that does not run yet. Pure;
 * imports the resources and the observed Job.
 */
package dev.keizoku.operator.words;
