//go:build linux

package drive

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// tree is what a start of the client has running. Only one goroutine uses it.
type tree struct {
	root int
	// mark is the entry of the environment that all of them inherit.
	mark []byte
	// born is when the root was, in ticks of the kernel: whatever is older is none of it.
	born uint64
	// seen are the descendants by process id, with the time of their birth, since
	// ids are used again.
	seen  map[int]uint64
	lines commandLines
	// pipes are those that the client's output goes to, as /proc names them: who holds one
	// is of the client, whatever it has done to be forgotten.
	pipes []string
}

// member is a process of the tree that is there.
type member struct {
	pid, parent int
	line        string
}

func (m member) String() string { return fmt.Sprintf("%s (process %d)", m.line, m.pid) }

// newTree is the tree of a command that was just started, with the ends of the pipes that
// its output is read from.
func newTree(cmd *exec.Cmd, mark string, output ...*os.File) *tree {
	root := cmd.Process.Pid
	t := &tree{root: root, mark: []byte(mark), seen: map[int]uint64{}}
	for _, pipe := range output {
		if info, err := pipe.Stat(); err == nil {
			if s, ok := info.Sys().(*syscall.Stat_t); ok {
				t.pipes = append(t.pipes, fmt.Sprintf("pipe:[%d]", s.Ino))
			}
		}
	}
	if s, err := readStat(root); err == nil {
		t.born = s.born
	}
	return t
}

// sample notes the descendants and their command lines. It reads lists of children
// and not all of /proc, so that it is cheap enough to be done often.
func (t *tree) sample() {
	todo := []int{t.root}
	for pid, born := range t.seen {
		if s, err := readStat(pid); err == nil && s.born == born {
			todo = append(todo, pid)
		}
	}
	visited := map[int]bool{}
	for len(todo) > 0 && len(visited) < maxSampled {
		pid := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if visited[pid] {
			continue
		}
		visited[pid] = true
		t.note(pid)
		todo = append(todo, children(pid)...)
	}
}

// maxSampled is how many processes one sample looks at.
const maxSampled = 500

func (t *tree) note(pid int) {
	if _, known := t.seen[pid]; !known && pid != t.root && len(t.seen) < maxSampled*10 {
		if s, err := readStat(pid); err == nil {
			t.seen[pid] = s.born
		}
	}
	t.lines.add(commandLine(pid))
}

// children are those of all threads of a process.
func children(pid int) []int {
	tasks, err := os.Open(fmt.Sprintf("/proc/%d/task", pid))
	if err != nil {
		return nil
	}
	defer func() { _ = tasks.Close() }()
	threads, _ := tasks.Readdirnames(-1)
	var found []int
	for _, thread := range threads {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, thread))
		for field := range strings.FieldsSeq(string(text)) {
			if child, err := strconv.Atoi(field); err == nil {
				found = append(found, child)
			}
		}
	}
	return found
}

// left are the processes that are there after the root has ended: those of its
// group, those with the mark, those that hold its output, those that a sample saw, and
// their children. After a
// short life only ids above the root's are looked at, if none was given anew since.
func (t *tree) left(short bool) []member {
	from := 0
	if short && lastProcess() >= t.root {
		from = t.root
	}
	all := t.younger(from)
	ours := map[int]bool{}
	for pid, s := range all {
		ours[pid] = s.group == t.root || t.seen[pid] == s.born || t.marked(pid) || t.holds(pid)
	}
	for grown := true; grown; {
		grown = false
		for pid, s := range all {
			if !ours[pid] && ours[s.parent] {
				ours[pid], grown = true, true
			}
		}
	}
	var found []member
	for pid, s := range all {
		if ours[pid] && s.alive() {
			found = append(found, member{pid: pid, parent: s.parent, line: commandLine(pid)})
		}
	}
	slices.SortFunc(found, func(a, b member) int { return a.pid - b.pid })
	return found
}

// younger are the processes above an id that began after the root.
func (t *tree) younger(from int) map[int]stat {
	found := map[int]stat{}
	proc, err := os.Open("/proc")
	if err != nil {
		return found
	}
	defer func() { _ = proc.Close() }()
	names, _ := proc.Readdirnames(-1)
	for _, name := range names {
		pid, err := strconv.Atoi(name)
		if err != nil || pid == t.root || pid < from {
			continue
		}
		if s, err := readStat(pid); err == nil && s.born >= t.born {
			found[pid] = s
		}
	}
	return found
}

func (t *tree) marked(pid int) bool {
	environ, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(bytes.Split(environ, []byte{0}), func(entry []byte) bool { return bytes.Equal(entry, t.mark) })
}

// holds says whether the process could still write to the client's output.
func (t *tree) holds(pid int) bool {
	for _, fd := range []int{syscall.Stdout, syscall.Stderr} {
		if to, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", pid, fd)); err == nil && slices.Contains(t.pipes, to) {
			return true
		}
	}
	return false
}

// kill ends a member. Where orphans become our own children (in a container that
// has us as its first process) it is also waited for.
func (m member) kill() {
	_ = syscall.Kill(m.pid, syscall.SIGKILL)
	if m.parent == os.Getpid() {
		_, _ = syscall.Wait4(m.pid, nil, 0, nil)
	}
}
