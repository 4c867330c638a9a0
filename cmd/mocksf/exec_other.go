//go:build !unix

package main

import "os"

func (g group) start() error { return g.cmd.Start() }

// send ends the command: there is no other signal here that a process can be sent.
func (g group) send(os.Signal) { _ = g.cmd.Process.Kill() }
