/**
 * The only ways out to the file system: {@link io.tare.capture.door.NewFile} for whole files, {@link io.tare.capture.door.NamedTarget} for
 * what a user named (a pipe and a device too), {@link io.tare.capture.door.OwnFile} for a file that is gone on with, and
 * {@link io.tare.capture.door.OwnFolder} for a private folder. Root runs Tare where others may plant links, pipes and files of theirs: a name
 * that somebody else can change is never followed.
 */
@NullMarked
package io.tare.capture.door;

import org.jspecify.annotations.NullMarked;
