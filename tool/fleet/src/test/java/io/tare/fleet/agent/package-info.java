/** The agent: its parts by themselves, and as a process that is killed, cut off and starved. */
package io.tare.fleet.agent;
