// Package schema says what a metadata file of each app type may hold, and since
// which API version: types, suffixes, elements, their kinds and their values.
// The table is schema.txt, which names its sources.
package schema

import (
	"slices"
	"strings"
)

// Namespace is the XML namespace of every metadata file.
const Namespace = "http://soap.sforce.com/2006/04/metadata"

// Newest is the newest API version that the table knows. A project that names
// none is read as one of this version.
const Newest = 68

// Versions is a range of API versions; 0 means that the end is open.
type Versions struct{ Since, Until int }

// Has says whether the version lies in the range. A version beyond Newest counts as Newest.
func (v Versions) Has(version int) bool {
	version = min(version, Newest)
	return version >= v.Since && (v.Until == 0 || version <= v.Until)
}

// Type is one metadata type.
type Type struct {
	// Name is the type's name, which is also the name of its files' root element.
	Name string
	// Suffix of its files, in front of -meta.xml in a source project: "ecaPlcy".
	Suffix string
	// Folder is where a retrieve puts its files. Salesforce's tools do not ask for it.
	Folder   string
	Versions Versions
	// Open types are read in part: elements that Elements does not name are passed over.
	Open     bool
	Elements Elements
}

// Elements are what may stand within an element, by name.
type Elements map[string]*Element

// Names are the elements' names in order.
func (e Elements) Names() []string {
	names := make([]string, 0, len(e))
	for name := range e {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Kind is what an element holds.
type Kind int

// The kinds of elements.
const (
	Text Kind = iota
	Bool
	Int
	// Enum is one of Element.Values.
	Enum
	// EnumList is several of them in one text, separated by commas.
	EnumList
	// Group holds elements.
	Group
)

// Element is one element of a type or group.
type Element struct {
	Name     string
	Kind     Kind
	Required bool
	Repeated bool
	Versions Versions
	// Enum is the name of the type of Values.
	Enum   string
	Values []Value
	// Group are the elements within.
	Group Elements
}

// Value is one value of an enum.
type Value struct {
	Name     string
	Versions Versions
}

// ValueNames are the values that exist in the API version.
func (e *Element) ValueNames(version int) []string {
	var names []string
	for _, v := range e.Values {
		if v.Versions.Has(version) {
			names = append(names, v.Name)
		}
	}
	return names
}

// Types are all types, in the order of the table.
func Types() []*Type { return table().types }

// ByName is the type with the name; nil if there is none.
func ByName(name string) *Type { return table().byName[name] }

// BySuffix is the type of files with the suffix; nil if there is none, and for
// "settings", which several types share: see [ForSettings].
func BySuffix(suffix string) *Type { return table().bySuffix[suffix] }

// ForSettings is the type of the settings file with the base name, "OauthOidc"
// for OauthOidc.settings; nil if it is of no concern to apps.
func ForSettings(base string) *Type {
	if base == "ExternalClientApp" || base == "OauthOidc" || base == "ConnectedApp" {
		return ByName(base + "Settings")
	}
	return nil
}

// Suffixes are the suffixes of app files in order.
func Suffixes() []string {
	var all []string
	for suffix := range table().bySuffix {
		all = append(all, suffix)
	}
	slices.Sort(all)
	return all
}

// IsExternalClientApp says whether the type is a part of an External Client App
// beside its header, and so names its app in externalClientApplication.
func (t *Type) IsExternalClientApp() bool { return strings.HasPrefix(t.Name, "ExtlClntApp") }
