package metadata

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
)

// DeployText is what the deploy of an API version says of the problem, in the words of
// the catalogue; empty where no source has them, and where the deploy does not fail.
func (p Problem) DeployText(version int) string {
	if p.Warning {
		return ""
	}
	switch p.Kind {
	case UnknownElement:
		return deployText("element-invalid", "element", "{"+p.Element.Space+"}"+p.Element.Name, "type", p.Component.Type.Name)
	case WrongVersion:
		return p.wrongVersion(version)
	case UnknownScope, UnknownValue:
		return p.unknownValue(version)
	case Orphan:
		return deployText("cross-reference-unknown")
	case Incomplete:
		return deployText("oauth-settings-missing")
	case Malformed, BadValue, Missing, Repeated, Misnamed, Extra, Twice, Unreplaced, NotFound, Unfollowed, BadOrg:
	}
	return ""
}

// wrongVersion is a type, an element or a value that another version has.
func (p Problem) wrongVersion(version int) string {
	switch def := definition(p.Component.Type.Elements, p.Element.Name); {
	case p.Element == p.Component.Root || def == nil:
		return ""
	case def.Versions.Has(version):
		return p.unknownValue(version)
	}
	return deployText("property-not-in-version", "element", p.Element.Name, "version", strconv.Itoa(version)+".0")
}

// unknownValue tells of values that an enum has not. Of scopes all are told at once,
// and the known ones follow (facts: metadata.md section 4.4).
func (p Problem) unknownValue(version int) string {
	def := definition(p.Component.Type.Elements, p.Element.Name)
	if def == nil {
		return ""
	}
	known := def.ValueNames(version)
	if def.Kind != schema.EnumList {
		return deployText("enum-value-invalid", "value", p.Element.Value(), "enum", def.Enum)
	}
	var bad []string
	for scope := range strings.SplitSeq(p.Element.Value(), ",") {
		if scope = strings.TrimSpace(scope); scope != "" && !slices.Contains(known, scope) {
			bad = append(bad, scope)
		}
	}
	return deployText("scope-unknown", "scopes", strings.Join(bad, ", ")) + " " + strings.Join(known, ", ")
}

// definition is the element's, wherever in a type it stands; nil if it has none.
func definition(elements schema.Elements, name string) *schema.Element {
	if def := elements[name]; def != nil {
		return def
	}
	for _, group := range elements {
		if def := definition(group.Group, name); def != nil {
			return def
		}
	}
	return nil
}

// deployText is a deploy error's text with its blanks filled in.
func deployText(id fixtures.DeployErrorID, values ...string) string {
	return fixtures.Answer{Description: fixtures.MustDeployError(id).Text}.With(values...).Description
}
