package schema

// openTypes are the types of users' permissions, of which a project's apps need a
// few elements only (facts: metadata.md section 10).
func openTypes() []*Type {
	permission := Elements{
		"name":    {Name: "name", Required: true},
		"enabled": {Name: "enabled", Kind: Bool, Required: true},
	}
	ranges := Elements{
		"startAddress": {Name: "startAddress", Required: true},
		"endAddress":   {Name: "endAddress", Required: true},
		"description":  {Name: "description"},
	}
	permissions := &Element{Name: "userPermissions", Kind: Group, Repeated: true, Group: permission}
	return []*Type{
		{
			Name: "PermissionSet", Suffix: "permissionset", Folder: "permissionsets", Open: true,
			Elements: Elements{
				"label":           {Name: "label"},
				"license":         {Name: "license"},
				"userPermissions": permissions,
			},
		},
		{
			Name: "Profile", Suffix: "profile", Folder: "profiles", Open: true,
			Elements: Elements{
				"userLicense":     {Name: "userLicense"},
				"userPermissions": permissions,
				"loginIpRanges":   {Name: "loginIpRanges", Kind: Group, Repeated: true, Group: ranges},
			},
		},
	}
}
