/** What every run file holds. Of its module it imports {@code setting}. */
package dev.keizoku.contract.run;
