package deploy

import (
	"slices"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
)

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

// unknownValue tells of values that an enum has not. Of scopes all are told at once,
// with the list of those that there are (facts: metadata.md section 4.4).
func unknownValue(p metadata.Problem, version int) string {
	def := definition(p.Component.Type.Elements, p.Element.Name)
	if def == nil {
		return p.Message
	}
	known := def.ValueNames(version)
	if def.Kind != schema.EnumList {
		return text("enum-value-invalid", "value", p.Element.Value(), "enum", def.Enum)
	}
	var bad []string
	for scope := range strings.SplitSeq(p.Element.Value(), ",") {
		if scope = strings.TrimSpace(scope); scope != "" && !slices.Contains(known, scope) {
			bad = append(bad, scope)
		}
	}
	return text("scope-unknown", "scopes", strings.Join(bad, ", ")) + " " + strings.Join(known, ", ")
}
