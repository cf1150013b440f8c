/** What every run file holds. Of its module it imports nothing. */
package dev.keizoku.contract.run;
