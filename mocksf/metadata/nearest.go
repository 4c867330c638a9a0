package metadata

import (
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
)

// nearest is the known value that was probably meant: by its letters, by its start,
// or as a scope's runtime name ("api" for "Api", "mcp_api" for "MCP").
func nearest(value string, known []string) string {
	for _, k := range known {
		if strings.EqualFold(k, value) {
			return k
		}
	}
	for _, s := range fixtures.Scopes {
		if s.Name == value {
			return spell.Nearest(s.Metadata, known)
		}
	}
	// The platform scope has one name in each kind of app (facts: metadata.md section 1.4).
	for _, pair := range [][2]string{{"SFAP", "SFApiPlatform"}, {"SFApiPlatform", "SFAP"}, {"sfap_api", "SFAP"}} {
		if value == pair[0] && spell.Nearest(pair[1], known) == pair[1] {
			return pair[1]
		}
	}
	for _, k := range known {
		if len(value) >= 5 && strings.HasPrefix(strings.ToLower(k), strings.ToLower(value)) {
			return k
		}
	}
	return spell.Nearest(value, known)
}
