/** What every run file holds. Imports Jackson annotations and the annotations of limits. */
package dev.keizoku.contract.run;
