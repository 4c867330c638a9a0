//go:build linux

package drive

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"syscall"
)

// stat is what /proc/PID/stat says (proc_pid_stat(5)).
type stat struct {
	state         byte
	parent, group int
	// born is the start time in clock ticks since boot.
	born uint64
}

// alive is false for what has ended and was not waited for by its parent.
func (s stat) alive() bool { return s.state != 'Z' && s.state != 'X' }

var errNoStat = errors.New("no stat of a process")

func readStat(pid int) (stat, error) {
	var buffer [1024]byte
	text, err := readOnce("/proc/"+strconv.Itoa(pid)+"/stat", buffer[:])
	if err != nil {
		return stat{}, err
	}
	return parseStat(text)
}

// readOnce reads a short file of /proc with three system calls: hundreds of them
// are read after each start of a client, and os.ReadFile takes twice the time.
func readOnce(path string, buffer []byte) ([]byte, error) {
	fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	n, err := syscall.Read(fd, buffer)
	_ = syscall.Close(fd)
	if err != nil {
		return nil, err
	}
	return buffer[:n], nil
}

// lastProcess is the process id that was given last (proc_loadavg(5)), 0 if unknown.
func lastProcess() int {
	var buffer [128]byte
	text, err := readOnce("/proc/loadavg", buffer[:])
	fields := bytes.Fields(text)
	if err != nil || len(fields) == 0 {
		return 0
	}
	last, _ := strconv.Atoi(string(fields[len(fields)-1]))
	return last
}

// parseStat reads behind the last parenthesis: the name before it may hold anything.
func parseStat(text []byte) (stat, error) {
	end := bytes.LastIndexByte(text, ')')
	fields := bytes.Fields(text[end+1:])
	const state, parent, group, born = 0, 1, 2, 19
	if end < 0 || len(fields) <= born {
		return stat{}, errNoStat
	}
	s := stat{state: fields[state][0]}
	var errs [3]error
	s.parent, errs[0] = strconv.Atoi(string(fields[parent]))
	s.group, errs[1] = strconv.Atoi(string(fields[group]))
	s.born, errs[2] = strconv.ParseUint(string(fields[born]), 10, 64)
	return s, errors.Join(errs[:]...)
}

// commandLine is that of a process, with blanks between the arguments.
func commandLine(pid int) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return ""
	}
	return string(bytes.ReplaceAll(bytes.TrimRight(text, "\x00"), []byte{0}, []byte{' '}))
}
