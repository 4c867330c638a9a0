package metadata

import (
	"bytes"
	"slices"
	"strings"
)

// permissions reads the permission sets and profiles that apps may name: profiles
// by their names, permission sets all, since a Connected App names them by label.
func (l *loader) permissions() error {
	wanted := map[string]bool{}
	for _, app := range l.p.Apps {
		for _, name := range slices.Concat(app.Profiles(), app.PermissionSets()) {
			wanted[name] = true
		}
	}
	for _, f := range l.p.Source.Files {
		isSet := f.Type.Name == "PermissionSet"
		if !f.Type.Open || !wanted[f.Name] && (!isSet || len(wanted) == 0) {
			continue
		}
		if err := l.p.Source.Load(f); err != nil {
			return err
		}
		l.component(f)
		// The text of most is of no more use, and there may be thousands.
		if !bytes.Contains(f.Data, []byte(apiOnlyPermission)) {
			f.Data, f.Original = nil, nil
		}
	}
	slices.SortStableFunc(l.p.Components, func(a, b *Component) int { return strings.Compare(a.File.Path, b.File.Path) })
	return nil
}

// apiOnlyPermission is the permission "API Only User" where a file names it.
const apiOnlyPermission = "ApiOnlyUser"

// PermissionSet is the permission set with the API name or, as Connected Apps name
// them, the label; nil if the project holds none.
func (p *Project) PermissionSet(name string) *Component {
	var byLabel *Component
	for _, c := range p.Components {
		switch {
		case c.Type.Name != "PermissionSet":
		case c.Name == name:
			return c
		case c.Text("label") == name:
			byLabel = c
		}
	}
	return byLabel
}

// Profile is the profile with the name; nil if the project holds none.
func (p *Project) Profile(name string) *Component {
	for _, c := range p.Components {
		if c.Type.Name == "Profile" && c.Name == name {
			return c
		}
	}
	return nil
}

// Permission says whether a permission set or profile grants the user permission;
// named is false if it does not speak of it.
func (c *Component) Permission(name string) (granted, named bool) {
	for _, e := range c.All("userPermissions") {
		if e.Find("name").Value() == name {
			return e.Find("enabled").Value() == "true", true
		}
	}
	return false, false
}
