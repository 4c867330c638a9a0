package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/fixtures"
)

const guideHelp = `Follow a set-up guide on a fresh fake org. list names the guides, show prints one
with its steps and with what it contradicts, run replays it and has its product
connect: it proves that following the guide connects, or shows what is seen when a
step is left out.`

const guideRunHelp = `Replay a guide on a fresh fake org, and have its product connect with the real flow.
Changes take ten minutes to spread, as on the real service; the org's clock is moved.

With --skip STEP one step is left out or got wrong, and with --skip-each every step in
turn: the table says what the client then sees, and after which fix it works.
STEP/OMISSION chooses one of several ways (sfconform guide show NAME lists them).

Exit codes:
  0  it connects; with --skip and --skip-each: every step was mended, and it connects
  1  it does not
  2  usage: no such guide or step
  3  the harness itself failed`

const guideExamples = `  sfconform guide list
  sfconform guide show jtel
  sfconform guide run jitterbit
  sfconform guide run jtel --skip-each
  sfconform guide run service-board --skip scopes/identity-only`

func newGuide(w world) *cobra.Command {
	cmd := &cobra.Command{
		Use: "guide", Short: "Follow a set-up guide, and see what leaving a step out leads to", Long: guideHelp, Example: guideExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError("guide has no command %q: there are list, show and run", args[0])
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(newGuideList(w), newGuideShow(w), newGuideRun(w))
	return cmd
}

// oneGuide reads the name that a command of guide takes.
func oneGuide(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usageError("%s takes the name of one guide: %s", cmd.CommandPath(), strings.Join(guideNames(), ", "))
	}
	return nil
}

func guideNames() []string {
	var names []string
	for _, g := range fixtures.Guides() {
		names = append(names, string(g.ID))
	}
	return names
}

func guideNamed(name string) (fixtures.Guide, error) {
	g, err := fixtures.GuideByID(fixtures.GuideID(name))
	if err != nil {
		return g, usageError("%w", err)
	}
	return g, nil
}

func newGuideList(w world) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the guides", Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return writeJSON(w.stdout, map[string]any{"guides": fixtures.Guides()})
			}
			for _, g := range fixtures.Guides() {
				if _, err := fmt.Fprintf(w.stdout, "%-28s %s\n", g.ID, g.Summary); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object: guides")
	return cmd
}

func newGuideShow(w world) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show NAME", Short: "Show a guide's steps, their omissions and its contradictions", Args: oneGuide,
		RunE: func(_ *cobra.Command, args []string) error {
			g, err := guideNamed(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(w.stdout, g)
			}
			return writeGuide(w, g)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}
