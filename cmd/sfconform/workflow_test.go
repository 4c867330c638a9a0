package main

import (
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestTheExampleWorkflowCallsWhatThereIs reads the workflow as GitHub does, as far as that
// can be done here, and looks its commands up in the command tree.
func TestTheExampleWorkflowCallsWhatThereIs(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../suites/client/examples/github-workflow.yml")
	if err != nil {
		t.Fatal(err)
	}
	var workflow struct {
		Name        string            `yaml:"name"`
		On          []string          `yaml:"on"`
		Permissions map[string]string `yaml:"permissions"`
		Jobs        map[string]struct {
			RunsOn  string `yaml:"runs-on"`
			Timeout int    `yaml:"timeout-minutes"`
			Steps   []struct {
				Name, Uses, Run, If string
				With                map[string]string
			}
		} `yaml:"jobs"`
	}
	d := yaml.NewDecoder(strings.NewReader(string(data)))
	d.KnownFields(true)
	if err := d.Decode(&workflow); err != nil {
		t.Fatal(err)
	}
	calls := 0
	for _, step := range workflow.Jobs["judge"].Steps {
		if (step.Uses == "") == (step.Run == "") {
			t.Errorf("step %+v: it must either use an action or run a command", step)
		}
		if _, line, found := strings.Cut(step.Run, `sfconform" `); found && strings.HasPrefix(step.Run, `"$RUNNER_TEMP`) {
			calls++
			knownCall(t, strings.Fields(line))
		}
	}
	if calls != 1 {
		t.Errorf("sfconform is called %d times", calls)
	}
}

// knownCall fails for a command or flag that sfconform does not have.
func knownCall(t *testing.T, words []string) {
	t.Helper()
	cmd, rest, err := newRoot(world{}).Find(words)
	if err != nil || cmd.Name() != words[0] {
		t.Fatalf("%v: %v", words, err)
	}
	if err := cmd.ParseFlags(rest); err != nil {
		t.Errorf("%v: %v", words, err)
	}
}
