package deploy

import (
	"fmt"
	"maps"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// permitted are the permission sets and profiles of a deploy. The error names the file
// that is no XML.
func permitted(alone *metadata.Project) ([]*metadata.Component, error) {
	var list []*metadata.Component
	for _, f := range alone.Source.Files {
		if !f.Type.Open {
			continue
		}
		if err := alone.Source.Load(f); err != nil {
			return nil, err
		}
		root, err := xmltree.Parse(f.Data, xmltree.Limits{}, nil)
		if err != nil {
			return nil, fmt.Errorf("deploy: %s: %w", f.Path, err)
		}
		list = append(list, &metadata.Component{Type: f.Type, Name: f.Name, File: f, Root: root})
	}
	return list, nil
}

// grant gives the org's users what the permission sets and profiles that they have say
// of logins and calls. Who has which is data, and no deploy changes it.
func (c *content) grant(org *fixtures.Org) {
	if len(c.permitted) == 0 {
		return
	}
	org.Users = maps.Clone(org.Users)
	for name, u := range org.Users {
		for _, p := range c.permitted {
			switch {
			case p.Type.Name == "Profile" && u.Profile == profileName(p.Name):
				fromProfile(&u, p)
			case p.Type.Name == "PermissionSet" && slices.Contains(u.PermissionSets, p.Name):
				fromPermissionSet(&u, p)
			}
		}
		org.Users[name] = u
	}
}

// profileName is the name that Setup shows: the file of one standard profile has another.
func profileName(file string) string {
	if file == "Admin" {
		return "System Administrator"
	}
	return file
}

// fromProfile takes over what the profile speaks of.
func fromProfile(u *fixtures.User, p *metadata.Component) {
	if granted, named := p.Permission("ApiEnabled"); named {
		u.APIEnabled = granted
	}
	if list := p.All("loginIpRanges"); len(list) > 0 {
		u.LoginIPRanges = nil
		for _, e := range list {
			var r fixtures.IPRange
			if r.UnmarshalText([]byte(e.Find("startAddress").Value()+"-"+e.Find("endAddress").Value())) == nil {
				u.LoginIPRanges = append(u.LoginIPRanges, r)
			}
		}
	}
}

// fromPermissionSet adds: a permission set takes nothing away.
func fromPermissionSet(u *fixtures.User, p *metadata.Component) {
	if granted, _ := p.Permission("ApiEnabled"); granted {
		u.APIEnabled = true
	}
}
