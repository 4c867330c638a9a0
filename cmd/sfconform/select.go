package main

import (
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
)

// cases are the cases that --only and --flow choose.
func (f runFlags) cases() ([]fixtures.Case, error) {
	if f.budget <= 0 {
		return nil, usageError("--budget is %d: give the number of calls that the org may get", f.budget)
	}
	chosen, err := f.named()
	if err != nil {
		return nil, err
	}
	if f.flow == "" {
		return chosen, nil
	}
	if err := checkFlow(f.flow); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(chosen), func(c fixtures.Case) bool { return string(c.Flow) != f.flow }), nil
}

// named are the cases of --only, each once; without it all of the catalogue.
func (f runFlags) named() ([]fixtures.Case, error) {
	if len(f.only) == 0 {
		return fixtures.Cases(), nil
	}
	var chosen []fixtures.Case
	for i, id := range f.only {
		if slices.Contains(f.only[:i], id) {
			continue
		}
		c, err := fixtures.CaseByID(fixtures.CaseID(id))
		if err != nil {
			return nil, noCase(id, err)
		}
		chosen = append(chosen, c)
	}
	return chosen, nil
}

// noCase says what the id names if it is no case, and which cases are about that.
func noCase(id string, unknown error) error {
	if r, err := fixtures.RefusalByID(fixtures.RefusalID(id)); err == nil {
		if cases := casesOf(r.ID); len(cases) > 0 {
			return usageError("--only: %q is a refusal: the cases that show it are %s (--filter 'refusal: containsAny %s' runs them)", id, few(cases), id)
		}
		return usageError("--only: %q is a refusal that no case shows (see sfconform show %s)", id, id)
	}
	if s, err := fixtures.SwitchByID(fixtures.SwitchID(id)); err == nil {
		if cases := casesUnder(s.ID); len(cases) > 0 {
			return usageError("--only: %q is a behaviour switch: the cases that set it are %s (--filter 'switch: containsAny %s' runs them)", id, few(cases), id)
		}
		return usageError("--only: %q is a behaviour switch that no case sets (see sfconform show %s)", id, id)
	}
	if slices.Contains(flowNames(), id) {
		return usageError("--only: %q is a flow: --flow %s runs its cases", id, id)
	}
	return usageError("--only: %w (sfconform list --cases lists them)", unknown)
}

func flowNames() []string {
	return []string{
		string(fixtures.ClientCredentials), string(fixtures.JWTBearer), string(fixtures.UsernamePassword), string(fixtures.RefreshToken),
	}
}

func checkFlow(name string) error {
	known := flowNames()
	if slices.Contains(known, name) {
		return nil
	}
	if near := spell.Nearest(name, known); near != "" {
		return usageError("--flow: no flow is called %q: did you mean %q?", name, near)
	}
	return usageError("--flow: no flow is called %q: there are %s", name, strings.Join(known, ", "))
}

// behaviorOf reads the values of --behaviour: presets and single options.
func behaviorOf(values []string) (fixtures.Behaviour, error) {
	b := fixtures.Behaviour{Preset: fixtures.Observed, Switches: map[fixtures.SwitchID]string{}}
	for _, value := range values {
		id, option, isSwitch := strings.Cut(value, "=")
		if !isSwitch {
			preset := fixtures.Preset(value)
			if !slices.Contains(preset.Values(), value) {
				return b, usageError("--behaviour: %q is neither a preset (%s) nor SWITCH=OPTION", value, strings.Join(preset.Values(), ", "))
			}
			b.Preset = preset
			continue
		}
		s, err := fixtures.SwitchByID(fixtures.SwitchID(id))
		if err != nil {
			return b, usageError("--behaviour: %w (sfconform list --switches lists them)", err)
		}
		if err := checkOption(s, option); err != nil {
			return b, err
		}
		b.Switches[s.ID] = option
	}
	return b, nil
}

func checkOption(s fixtures.Switch, option string) error {
	var known []string
	for _, o := range s.Options {
		known = append(known, o.Name)
	}
	if !slices.Contains(known, option) {
		return usageError("--behaviour: %q has no option %q: there are %s", s.ID, option, strings.Join(known, ", "))
	}
	return nil
}
