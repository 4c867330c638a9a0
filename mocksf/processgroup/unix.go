//go:build unix

package processgroup

import (
	"os"
	"os/exec"
	"syscall"
)

// Start starts the command in a group of its own; the error is that of cmd.Start.
func Start(cmd *exec.Cmd) error {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	return cmd.Start()
}

// Signal signals the group of a command that Start started. That it has ended
// already is no error, and neither is a signal that this system does not have.
func Signal(cmd *exec.Cmd, s os.Signal) {
	if number, ok := s.(syscall.Signal); ok {
		_ = syscall.Kill(-cmd.Process.Pid, number)
	}
}

// Alive says whether a process of the group is left, one that ended and was not
// waited for included.
func Alive(cmd *exec.Cmd) bool { return syscall.Kill(-cmd.Process.Pid, 0) == nil }

// SignalAlone signals a command alone, which need not head a group.
func SignalAlone(cmd *exec.Cmd, s os.Signal) { _ = cmd.Process.Signal(s) }
