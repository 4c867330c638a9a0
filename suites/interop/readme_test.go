package interop_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/authority"
)

const recipeSection = "\n## Point your client at it\n"

func section(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(page), recipeSection)
	if !found {
		t.Fatalf("the README has no section %q", recipeSection)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	return text
}

// recipe is a command of the README's section and what it says is printed.
type recipe struct{ command, prints string }

// recipes are those of the section's console blocks. Its sh blocks, which need nothing
// installed, run with the rest of the page's.
func recipes(t *testing.T) []recipe {
	t.Helper()
	var found []recipe
	for _, after := range strings.Split(section(t), "```console\n")[1:] {
		block, _, _ := strings.Cut(after, "```")
		command, prints, _ := strings.Cut(block, "\n")
		command, isCommand := strings.CutPrefix(command, "$ ")
		if !isCommand || prints == "" || strings.Contains(prints, "$ ") {
			t.Errorf("a console block is not one command and what it prints:\n%s", block)
		}
		found = append(found, recipe{command, prints})
	}
	return found
}

func TestRecipesOfTheReadmePrintWhatItSays(t *testing.T) {
	t.Parallel()
	all := recipes(t)
	for _, program := range []string{"node ", "python3 ", "java "} {
		if !slices.ContainsFunc(all, func(r recipe) bool { return strings.Contains(r.command, "-- "+program) }) {
			t.Errorf("no recipe is for %s", program)
		}
	}
	requireInstalled(t)
	root := checkout(t, buildMocksf(t))
	for _, r := range all {
		try(t, row{client: "README", way: "recipe", situation: r.command}, func(t *testing.T) string {
			t.Helper()
			cmd := exec.CommandContext(t.Context(), "sh", "-c", r.command)
			cmd.Dir = root
			o := run(t, cmd)
			if o.failed || o.printed != strings.TrimSpace(r.prints) {
				t.Errorf("printed %q, want %q; stderr:\n%s", o.printed, r.prints, o.said)
			}
			return o.printed
		})
	}
}

func TestReadmeTriesEveryTLSFault(t *testing.T) {
	t.Parallel()
	every := "for fault in " + strings.Join(authority.Fault("").Values(), " ") + "; do"
	if !strings.Contains(section(t), every) {
		t.Errorf("the README has no line %q", every)
	}
}

// checkout is a folder that looks like the module's where the recipes do.
func checkout(t *testing.T, mocksf string) string {
	t.Helper()
	root := t.TempDir()
	suites, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(root, "bin"), 0o700); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"suites": suites, "bin/mocksf": mocksf} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	return root
}
