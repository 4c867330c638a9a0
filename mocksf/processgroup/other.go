//go:build !unix

package processgroup

import (
	"os"
	"os/exec"
)

// Start starts the command; the error is that of cmd.Start.
func Start(cmd *exec.Cmd) error { return cmd.Start() }

// Signal ends the command: there is no other signal here that a process can be sent.
func Signal(cmd *exec.Cmd, _ os.Signal) { _ = cmd.Process.Kill() }

// Alive is false: what a command left behind cannot be found here.
func Alive(*exec.Cmd) bool { return false }

// SignalAlone ends the command, as Signal does.
func SignalAlone(cmd *exec.Cmd, s os.Signal) { Signal(cmd, s) }
