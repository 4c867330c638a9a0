package source_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// What npm's @salesforce/core 8.32.6 takes, its schema warning of some of it only.
func TestAConfigThatSalesforcesCLITakesIsTaken(t *testing.T) {
	t.Parallel()
	for name, json := range map[string]string{
		"byte order mark":      "\ufeff" + `{"packageDirectories":[{"path":"force-app"}],"sourceApiVersion":"60.0"}`,
		"version as a number":  `{"packageDirectories":[{"path":"force-app"}],"sourceApiVersion":60.0}`,
		"empty path":           `{"packageDirectories":[{"path":""}],"sourceApiVersion":"60"}`,
		"the same twice":       `{"packageDirectories":[{"path":"force-app","default":true},{"path":"./force-app/","package":"p"}],"sourceApiVersion":"60"}`,
		"backslashes":          `{"packageDirectories":[{"path":".\\force-app\\"}],"sourceApiVersion":"60"}`,
		"a key twice":          `{"packageDirectories":[],"packageDirectories":[{"path":"force-app"}],"sourceApiVersion":"60"}`,
		"capitals in aliases":  `{"packageDirectories":[{"path":"force-app"}],"sourceApiVersion":"60","packageAliases":{"Core":"0Ho"},"plugins":{"Own":{}}}`,
		"default of any value": `{"packageDirectories":[{"path":"force-app","default":"true"},{"path":"more","default":null}],"sourceApiVersion":"60"}`,
		"both of a pair": `{"packageDirectories":[{"path":"force-app"}],"sourceApiVersion":"60",
			"replacements":[{"filename":"a","glob":"b","stringToReplace":"x","regexToReplace":"(","replaceWithEnv":"E","replaceWithFile":"f"}]}`,
	} {
		p, err := source.Read(files(source.ConfigFile, json, "force-app/a.eca-meta.xml", "A", "more/x", "X"), source.Options{})
		if err != nil || found(p) != "force-app/a.eca-meta.xml" || p.Config.Version != 60 {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
}

func TestFilesOfTheProjectAreHeldToTheirForm(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ json, want string }{
		"syntax":       {"{\n  \"packageDirectories\": [,]}", "sfdx-project.json:2:26: invalid character"},
		"empty":        {"", "unexpected end of JSON input"},
		"list":         {"[]", "the file holds no JSON object"},
		"null":         {"null", "the file holds no JSON object"},
		"none":         {"{}", "packageDirectories is missing"},
		"no path":      {`{"packageDirectories":[{"default":true}]}`, `packageDirectories[0]: path is missing`},
		"outside":      {`{"packageDirectories":[{"path":"../x"}]}`, `packageDirectories[0]: "../x" is no folder inside`},
		"absolute":     {`{"packageDirectories":[{"path":"/x"}]}`, `"/x" is no folder inside the project: write it relative`},
		"not there":    {`{"packageDirectories":[{"path":"src"}]}`, `there is no folder "src"`},
		"not default":  {`{"packageDirectories":[{"path":".","default":false}]}`, `the only one has "default": false`},
		"no default":   {`{"packageDirectories":[{"path":"a"},{"path":"b"}]}`, `none of them is the default`},
		"two defaults": {`{"packageDirectories":[{"path":"a","default":true},{"path":"b","default":true}]}`, `2 of them are the default`},
		"capital":      {`{"packageDirectories":[{"path":"."}],"a":{"Bc":1}}`, `the key "Bc" begins with a capital, which Salesforce's CLI refuses: write "bc"`},
		"version":      {`{"packageDirectories":[{"path":"."}],"sourceApiVersion":"new"}`, `"new" is no API version`},
		"no version":   {`{"packageDirectories":[{"path":"."}],"sourceApiVersion":["60.0"]}`, `sourceApiVersion is an array: want a string`},
		"type":         {`{"packageDirectories":"x"}`, "packageDirectories is a string: want a list"},
		"inner type":   {"{\"packageDirectories\":[\n{\"path\":7}]}", "json:2:9: packageDirectories.path is a number: want a string"},
		"replacement":  {`{"packageDirectories":[{"path":"."}],"replacements":[{"glob":"x"}]}`, "replacements[0]: give either stringToReplace"},
	} {
		_, err := source.Read(files(source.ConfigFile, test.json), source.Options{})
		var file *source.FileError
		if !errors.As(err, &file) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s gives %v, want %q", name, err, test.want)
		}
	}
	for name, test := range map[string]struct{ xml, want string }{
		"type":      {`<types><name>ExtlClntAppOauthPolicies</name></types>`, `p.xml:1:71: unknown metadata type "ExtlClntAppOauthPolicies": did you mean "ExtlClntApp`},
		"case":      {`<types><name>connectedapp</name></types>`, `did you mean "ConnectedApp"?`},
		"no name":   {`<types><members>*</members></types>`, "<types> without <name>"},
		"version":   {`<version>v66</version>`, `"v66" is no API version`},
		"malformed": {`<types>`, "not well-formed"},
	} {
		_, err := source.ParseManifest("p.xml", []byte(`<Package xmlns="http://soap.sforce.com/2006/04/metadata">`+test.xml+`</Package>`))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("manifest %s gives %v, want %q", name, err, test.want)
		}
	}
}
