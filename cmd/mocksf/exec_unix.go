//go:build unix

package main

import (
	"os"
	"syscall"
)

func (g group) start() error {
	if g.own {
		g.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	}
	return g.cmd.Start()
}

// send signals the group, or the command alone where the group is ours. Processes
// that have ended already are no error.
func (g group) send(s os.Signal) {
	number, ok := s.(syscall.Signal)
	if !ok {
		return
	}
	pid := g.cmd.Process.Pid
	if g.own {
		pid = -pid
	}
	_ = syscall.Kill(pid, number)
}
