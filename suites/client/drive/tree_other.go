//go:build !linux

package drive

import (
	"fmt"
	"os"
	"os/exec"

	"github.com/sfconform/sfconform/mocksf/processgroup"
)

// tree is what a start of the client has running. Nothing but its process group is
// known here.
type tree struct {
	cmd   *exec.Cmd
	lines commandLines
}

// member stands for all that is left of the group.
type member struct{ group int }

func (m member) String() string { return fmt.Sprintf("processes of group %d", m.group) }

// kill does nothing: the whole group is signalled.
func (member) kill() {}

func newTree(cmd *exec.Cmd, _ string, _ ...*os.File) *tree { return &tree{cmd: cmd} }

func (*tree) sample() {}

func (t *tree) left(bool) []member {
	if !processgroup.Alive(t.cmd) {
		return nil
	}
	return []member{{t.cmd.Process.Pid}}
}
