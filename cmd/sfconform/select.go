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
	chosen := fixtures.Cases
	if len(f.only) > 0 {
		chosen = nil
		for _, id := range f.only {
			c, err := fixtures.CaseByID(fixtures.CaseID(id))
			if err != nil {
				return nil, usageError("--only: %w (sfconform list --cases lists them)", err)
			}
			chosen = append(chosen, c)
		}
	}
	if f.flow == "" {
		return chosen, nil
	}
	if err := checkFlow(f.flow); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(chosen), func(c fixtures.Case) bool { return string(c.Flow) != f.flow }), nil
}

func checkFlow(name string) error {
	var known []string
	for _, flow := range []fixtures.Flow{
		fixtures.ClientCredentials, fixtures.JWTBearer, fixtures.UsernamePassword, fixtures.RefreshToken,
	} {
		known = append(known, string(flow))
	}
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
