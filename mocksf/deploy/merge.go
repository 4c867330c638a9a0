package deploy

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

// made is the org that the deploy leads to. Users are no metadata: none are made. The
// error is a *metadata.ProblemsError.
func (c *content) made(config fixtures.Org) (fixtures.Org, error) {
	after, _, err := c.Org(metadata.OrgOptions{Base: &config, Without: []metadata.Made{metadata.MadeUser}})
	if err != nil {
		return after, err
	}
	for _, app := range c.Apps {
		made, there := after.Apps[app.Name]
		if !there {
			continue
		}
		if before, existed := config.Apps[app.Name]; existed && before.Kind == made.Kind {
			merge(app, before, &made)
			rotate(app, before, &made)
		}
		after.Apps[app.Name] = made
	}
	return after, nil
}

// merge keeps of an app what the deploy has no file for: only files replace, each all
// that it speaks of (facts: metadata.md section 4.3).
func merge(app *metadata.App, before fixtures.App, made *fixtures.App) {
	if app.Connected != nil {
		return
	}
	if sameCertificate(before.Certificate, made.Certificate) {
		made.Certificate = before.Certificate
	}
	if !deploys(app.Header) {
		made.Label, made.ContactEmail = before.Label, before.ContactEmail
	}
	if !deploys(app.Global) {
		scopes, ranges := made.Settings.Scopes, made.Settings.TrustedIPRanges
		made.Settings, made.Certificate = before.Settings, before.Certificate
		made.Settings.Scopes, made.Settings.TrustedIPRanges = scopes, ranges
	}
	if !deploys(app.OAuth) {
		made.Settings.Scopes, made.Settings.TrustedIPRanges = before.Settings.Scopes, before.Settings.TrustedIPRanges
	}
	if !deploys(app.OAuthPolicies) {
		made.Policies = before.Policies
	}
	if !deploys(app.Policies) {
		made.Enabled, made.OAuthPlugin = before.Enabled, before.OAuthPlugin
	}
}

// sameCertificate says whether two texts are one certificate: a retrieve shows the
// body of what may have been deployed as PEM.
func sameCertificate(a, b string) bool {
	one, err := fixtures.ParseCertificate(a)
	if err != nil {
		return false
	}
	other, err := fixtures.ParseCertificate(b)
	return err == nil && one.Equal(other)
}

// changes lead from one org to another: an app that is new at once, of others each
// field, so that each spreads as its kind does.
func changes(before, after fixtures.Org) []fixtures.Change {
	var list []fixtures.Change
	for _, name := range slices.Sorted(maps.Keys(after.Apps)) {
		old, there := before.Apps[name]
		switch {
		case !there || old.Kind != after.Apps[name].Kind:
			list = append(list, fixtures.Set("apps/"+name, after.Apps[name]))
		default:
			list = append(list, fields("apps/"+name, reflect.ValueOf(old), reflect.ValueOf(after.Apps[name]))...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before.Apps)) {
		if _, stays := after.Apps[name]; !stays {
			list = append(list, fixtures.Remove("apps/"+name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before.Users)) {
		list = append(list, fields("users/"+name, reflect.ValueOf(before.Users[name]), reflect.ValueOf(after.Users[name]))...)
	}
	return append(list, fields("settings", reflect.ValueOf(before.Settings), reflect.ValueOf(after.Settings))...)
}

// fields are the changes of the fields of a struct and of the structs in it, under
// the names that an org file gives them.
func fields(path string, before, after reflect.Value) []fixtures.Change {
	var list []fixtures.Change
	for i := range before.NumField() {
		name, _, _ := strings.Cut(before.Type().Field(i).Tag.Get("json"), ",")
		old, now := before.Field(i), after.Field(i)
		switch {
		case reflect.DeepEqual(old.Interface(), now.Interface()):
		case now.Kind() == reflect.Struct && (name == "settings" || name == "policies"):
			list = append(list, fields(path+"/"+name, old, now)...)
		case now.IsZero() && now.Kind() != reflect.Bool && now.Kind() != reflect.Int:
			list = append(list, fixtures.Remove(path+"/"+name))
		default:
			list = append(list, fixtures.Set(path+"/"+name, now.Interface()))
		}
	}
	return list
}

// apply changes the org. The error says in the fake's own words what the org cannot be.
func (s *Service) apply(at time.Time, list []fixtures.Change) error {
	if len(list) == 0 {
		return nil
	}
	if err := s.org.ChangeAt(at, list...); err != nil {
		return fmt.Errorf("deploy: %w", err)
	}
	return nil
}
