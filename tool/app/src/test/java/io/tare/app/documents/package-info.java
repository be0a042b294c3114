/** What the README and the pages below {@code docs} show is done: each block is run, guarded by another test, or says why not. */
package io.tare.app.documents;
