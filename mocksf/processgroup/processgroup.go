// Package processgroup starts a command as the head of a process group of its own,
// so that a signal reaches all that it starts, and nothing of the caller's.
//
// Where there are no process groups (Windows) a signal ends the command alone.
package processgroup
