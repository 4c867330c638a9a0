//go:build !unix

package drive

import "syscall"

func signalName(s syscall.Signal) string { return s.String() }
