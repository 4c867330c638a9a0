package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/guides"
)

// guideFlags are the flags of guide run.
type guideFlags struct {
	skip           string
	skipEach, json bool
}

func newGuideRun(w world) *cobra.Command {
	var f guideFlags
	cmd := &cobra.Command{
		Use: "run NAME", Short: "Replay a guide, or show what leaving its steps out leads to", Long: guideRunHelp, Args: oneGuide,
		RunE: func(cmd *cobra.Command, args []string) error {
			g, err := guideNamed(args[0])
			if err != nil {
				return err
			}
			if f.skip = strings.TrimPrefix(f.skip, args[0]+"/"); f.skip == "" && cmd.Flags().Changed("skip") {
				return usageError("--skip names no step: sfconform guide show %s lists them", args[0])
			}
			if f.skip != "" && f.skipEach {
				return usageError("--skip and --skip-each were given: leave one out")
			}
			if f.skip == "" && !f.skipEach {
				return f.replay(cmd.Context(), w, g)
			}
			return f.rows(cmd.Context(), w, g)
		},
	}
	cmd.Flags().StringVar(&f.skip, "skip", "", "leave out this `STEP`, or get it wrong as STEP/OMISSION")
	cmd.Flags().BoolVar(&f.skipEach, "skip-each", false, "leave out each step in turn")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object")
	return cmd
}

func (f guideFlags) replay(ctx context.Context, w world, g fixtures.Guide) error {
	r, err := guides.Replay(ctx, g, guides.Options{})
	if err != nil {
		return unlessInterrupted(ctx, err)
	}
	if f.json {
		err = writeJSON(w.stdout, r)
	} else {
		err = writeReplay(w, r)
	}
	if err == nil && !r.Connected {
		err = &exitError{code: exitDeparts}
	}
	return err
}

func (f guideFlags) rows(ctx context.Context, w world, g fixtures.Guide) error {
	rows, err := f.skipped(ctx, g)
	if err != nil {
		return err
	}
	if f.json {
		err = writeJSON(w.stdout, map[string]any{"guide": g.ID, "rows": rows})
	} else {
		err = writeRows(w, rows)
	}
	if err == nil && slices.ContainsFunc(rows, func(r guides.Row) bool { return !r.Works }) {
		err = &exitError{code: exitDeparts}
	}
	return err
}

// skipped are the rows that the flags ask for.
func (f guideFlags) skipped(ctx context.Context, g fixtures.Guide) ([]guides.Row, error) {
	if f.skipEach {
		rows, err := guides.SkipEach(ctx, g)
		if err != nil {
			return nil, unlessInterrupted(ctx, err)
		}
		return rows, nil
	}
	step, omission, err := stepOf(g, f.skip)
	if err != nil {
		return nil, err
	}
	chosen := step.Without
	if omission != "" {
		o, err := step.Omission(omission)
		if err != nil {
			return nil, usageError("--skip: %w", err)
		}
		chosen = []fixtures.Omission{o}
	}
	var rows []guides.Row
	for _, o := range chosen {
		row, err := guides.Skip(ctx, g, step.ID, o.ID)
		if err != nil {
			return nil, unlessInterrupted(ctx, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// unlessInterrupted is the error, which is the caller's own doing once the context has ended.
func unlessInterrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return harnessError(errors.New("interrupted"))
	}
	return harnessError(err)
}

// stepOf reads STEP or STEP/OMISSION.
func stepOf(g fixtures.Guide, name string) (fixtures.GuideStep, string, error) {
	id, omission, _ := strings.Cut(name, "/")
	step, err := g.Step(id)
	if err != nil {
		return step, "", usageError("--skip: %w", err)
	}
	return step, omission, nil
}
