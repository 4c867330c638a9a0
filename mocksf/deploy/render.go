package deploy

import (
	"bytes"
	"encoding/xml"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// known are the elements of each type that follow from the org's configuration;
// others are as they were deployed.
var known = map[string][]string{
	"ExternalClientApplication": {"contactEmail", "label", "orgScopedExternalApp"},
	"ExtlClntAppGlobalOauthSettings": {
		"callbackUrl", "certificate", "consumerKey", "consumerSecret", "externalClientApplication", "isClientCredentialsFlowEnabled",
		"isConsumerSecretOptional", "isIntrospectAllTokens", "isNamedUserJwtEnabled", "isPkceRequired", "isRefreshTokenRotationEnabled",
		"isSecretRequiredForRefreshToken", "shouldRotateConsumerKey", "shouldRotateConsumerSecret",
	},
	"ExtlClntAppOauthSettings": {"commaSeparatedOauthScopes", "externalClientApplication", "oauthLink", "trustedIpRanges"},
	"ExtlClntAppOauthConfigurablePolicies": {
		"clientCredentialsFlowUser", "commaSeparatedPermissionSet", "commaSeparatedProfile", "externalClientApplication",
		"ipRelaxationPolicyType", "isClientCredentialsFlowEnabled", "namedUserJwtSessionTimeoutType", "namedUserJwtTimeout",
		"permittedUsersPolicyType", "refreshTokenPolicyType", "refreshTokenValidityPeriod", "refreshTokenValidityUnit", "sessionTimeoutInMinutes",
	},
	"ExtlClntAppConfigurablePolicies": {"externalClientApplication", "isEnabled", "isOauthPluginEnabled"},
}

// elements are an element's texts, tags included, by its name.
type elements map[string][]string

// render is the component's file as a retrieve in an API version shows it: in the
// order of the alphabet, without comments, and never with the secret (facts:
// metadata.md sections 1.1, 1.3 and 4.3).
func render(e entry, config fixtures.Org, files deployed, version int) ([]byte, error) {
	all := elements{}
	if f, ok := files[keyOf(e.typ.Name, e.name)]; ok {
		all.read(f.component.File.Data, f.component.Root)
	}
	if names := known[e.typ.Name]; names != nil {
		own, err := exported(e, config)
		if err != nil {
			return nil, err
		}
		for name, texts := range own {
			if slices.Contains(names, name) || all[name] == nil {
				all[name] = texts
			}
		}
		for _, name := range names {
			if own[name] == nil {
				delete(all, name)
			}
		}
	}
	if e.typ.Name == "ConnectedApp" {
		all.connected(config.Apps[e.app])
	}
	return all.document(e.typ, version), nil
}

// read takes the children of a root element.
func (x elements) read(data []byte, root *xmltree.Element) {
	for _, child := range root.Children {
		x[child.Name] = append(x[child.Name], string(data[child.Start:child.End]))
	}
}

func (x elements) set(name, text string) {
	var b bytes.Buffer
	b.WriteString("<" + name + ">")
	// A buffer takes every write.
	_ = xml.EscapeText(&b, []byte(text))
	b.WriteString("</" + name + ">")
	x[name] = []string{b.String()}
}

// exported are the elements that follow from the org's configuration.
func exported(e entry, config fixtures.Org) (elements, error) {
	app := config.Apps[e.app]
	only := config
	only.Apps = map[string]fixtures.App{e.app: app}
	files, err := metadata.Export(only)
	if err != nil {
		return nil, err
	}
	x := elements{}
	for path, data := range files {
		if !strings.HasSuffix(path, "."+e.typ.Suffix+"-meta.xml") {
			continue
		}
		root, err := xmltree.Parse(data, xmltree.Limits{}, nil)
		if err != nil {
			return nil, err
		}
		x.read(data, root)
	}
	x.added(e, config, app)
	return x, nil
}

// added are the elements that an org adds to what was deployed.
func (x elements) added(e entry, config fixtures.Org, app fixtures.App) {
	scope := fixtures.ID15(config.OrgID())
	switch e.typ.Name {
	case "ExternalClientApplication":
		x.set("orgScopedExternalApp", scope+":"+e.app)
	case "ExtlClntAppOauthSettings":
		x.set("oauthLink", scope+":"+fixtures.ID15(fixtures.DeriveID("888", "Ak", "consumer\n"+e.app)))
	case "ExtlClntAppOauthConfigurablePolicies":
		// An export advises a shorter life; a retrieve shows what is.
		if app.Policies.RefreshTokenPolicy == fixtures.ValidUntilRevoked {
			x.set("refreshTokenPolicyType", "Infinite")
			delete(x, "refreshTokenValidityPeriod")
			delete(x, "refreshTokenValidityUnit")
		}
	case "ExtlClntAppGlobalOauthSettings":
		x.set("consumerKey", app.ConsumerKey)
		x.set("shouldRotateConsumerKey", strconv.FormatBool(false))
		x.set("shouldRotateConsumerSecret", strconv.FormatBool(false))
	}
}

// document is the file. Elements that the version does not know are left out.
func (x elements) document(t *schema.Type, version int) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + "<" + t.Name + ` xmlns="` + schema.Namespace + "\">\n")
	for _, name := range slices.Sorted(maps.Keys(x)) {
		if def := t.Elements[name]; def != nil && !def.Versions.Has(version) {
			continue
		}
		for _, text := range x[name] {
			b.WriteString("    " + text + "\n")
		}
	}
	b.WriteString("</" + t.Name + ">\n")
	return b.Bytes()
}
