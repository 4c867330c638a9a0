package deploy

import (
	"strconv"

	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
	"github.com/sfconform/sfconform/mocksf/soap"
)

func versionText(version int) string { return strconv.Itoa(version) + ".0" }

// describeResult is a DescribeMetadataResult of the Metadata API.
type describeResult struct {
	Objects            []metadataObject `xml:"metadataObjects"`
	Namespace          string           `xml:"organizationNamespace"`
	PartialSaveAllowed bool             `xml:"partialSaveAllowed"`
	TestRequired       bool             `xml:"testRequired"`
}

// metadataObject is one type.
type metadataObject struct {
	Directory string `xml:"directoryName"`
	InFolder  bool   `xml:"inFolder"`
	MetaFile  bool   `xml:"metaFile"`
	Suffix    string `xml:"suffix"`
	Name      string `xml:"xmlName"`
}

// describe answers describeMetadata: the types that the fake knows in the version.
func describe(q soap.Question) soap.Reply {
	version := asOf(q)
	result := describeResult{PartialSaveAllowed: true}
	for _, t := range schema.Types() {
		if t.Versions.Has(version) && t.Suffix != settingsSuffix {
			result.Objects = append(result.Objects, metadataObject{t.Folder, false, t.Suffix == "crt", t.Suffix, t.Name})
		}
	}
	result.Objects = append(result.Objects, metadataObject{settingsSuffix, false, false, settingsSuffix, "Settings"})
	return soap.Reply{Results: []any{result}}
}

// settingsSuffix is that of org-wide settings, of which there is one type here.
const settingsSuffix = "settings"

// asOf is the version that a call is about: its own, or that of its address.
func asOf(q soap.Question) int {
	if v, err := source.ParseVersion(q.Params.Text("asOfVersion")); err == nil {
		return v
	}
	return q.Version
}

// list answers listMetadata: the components of the types that the queries name.
func (s *Service) list(q soap.Question) soap.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp(q.Request.Now)
	have := inventory(s.org.Config(), s.files, asOf(q))
	var reply soap.Reply
	for _, query := range q.Params.Children("queries") {
		found, _ := chosen(have, query.Text("type"), []string{"*"})
		for _, e := range found {
			reply.Results = append(reply.Results, s.properties(q, e, ""))
		}
	}
	return reply
}
