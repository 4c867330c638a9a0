package source

import (
	"net/url"
	"strings"

	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
)

// class is what a file's name says of it: its type, or the suffix that it may have meant.
type class struct {
	typ          *schema.Type
	name         string
	suffix, near string
	// isMeta says that the file is in source form.
	isMeta bool
}

// classify reads a file's name. The suffix alone decides (facts: metadata.md section
// 1.1); but in a project Salesforce's tools see a file without -meta.xml only where a
// retrieve would put it (source-deploy-retrieve 12.37.2, run).
func classify(base string) (class, bool) {
	stem, isMeta := strings.CutSuffix(base, metaSuffix)
	dot := strings.LastIndexByte(stem, '.')
	if dot <= 0 {
		return class{}, false
	}
	c := class{name: stem[:dot], suffix: stem[dot+1:], isMeta: isMeta}
	if c.suffix == "settings" {
		c.typ = schema.ForSettings(c.name)
		return c, c.typ != nil
	}
	// A .crt file is the content of a certificate, or no metadata at all.
	if c.typ = schema.BySuffix(c.suffix); c.typ != nil {
		if c.typ.Open {
			if name, err := url.PathUnescape(c.name); err == nil {
				c.name = name
			}
		}
		return c, isMeta || c.suffix != "crt"
	}
	if isMeta {
		c.near = nearSuffix(c.suffix)
	}
	return c, c.near != ""
}

// nearSuffix is the suffix of an app file that was probably meant. No type of
// Salesforce's has a suffix that begins like these (its registry, 539 types).
func nearSuffix(suffix string) string {
	lower := strings.ToLower(suffix)
	switch {
	case strings.HasPrefix(lower, "externalclientapp"):
		return "eca"
	case !strings.HasPrefix(lower, "eca") && !strings.HasPrefix(lower, "connectedapp") && !strings.HasPrefix(lower, "extlclnt"):
		return ""
	}
	for _, known := range schema.Suffixes() {
		if strings.EqualFold(known, suffix) {
			return known
		}
	}
	if near := spell.Nearest(suffix, schema.Suffixes()); near != "" {
		return near
	}
	return "eca"
}
