package metadata

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
)

// ExportVersion is the API version of exported projects.
const ExportVersion = "66.0"

// Export writes the External Client Apps of an org as an SFDX project, by path. The
// consumer key and secret are left out: an org makes its own, and a secret does not
// belong in source control (facts: metadata.md section 1.3). The error names an app
// whose certificate cannot be read.
func Export(o fixtures.Org) (map[string][]byte, error) {
	x := &exporter{files: map[string][]byte{}, members: map[string][]string{}, sets: map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(o.Apps)) {
		if app := o.Apps[name]; app.Kind == fixtures.ExternalClientApp {
			if err := x.app(name, app); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(x.sets)) {
		x.write("PermissionSet", name, []field{
			{"hasActivationRequired", "false"}, {"label", strings.ReplaceAll(name, "_", " ")},
		})
	}
	x.files["sfdx-project.json"] = fmt.Appendf(nil, `{
  "packageDirectories": [{ "path": "force-app", "default": true }],
  "name": %q,
  "sourceApiVersion": %q
}
`, o.MyDomain, ExportVersion)
	x.files["manifest/package.xml"] = x.manifest()
	return x.files, nil
}

// exporter gathers the files of a project.
type exporter struct {
	files   map[string][]byte
	members map[string][]string
	// sets are the permission sets that apps name.
	sets map[string]bool
}

// field is one element: its name and its text.
type field struct{ name, text string }

func (x *exporter) app(name string, a fixtures.App) error {
	certificate := ""
	if a.Certificate != "" {
		cert, err := fixtures.ParseCertificate(a.Certificate)
		if err != nil {
			return fmt.Errorf("apps/%s/certificate: %w", name, err)
		}
		certificate = encodeCertificate(cert.Raw)
	}
	x.write("ExternalClientApplication", name, []field{
		{"contactEmail", a.ContactEmail}, {"distributionState", "Local"}, {"isProtected", "false"}, {"label", a.Label},
	})
	x.write("ExtlClntAppGlobalOauthSettings", name+"_glbloauth", []field{
		{"callbackUrl", strings.Join(a.Settings.CallbackURLs, "\n")},
		{"certificate", certificate},
		{"externalClientApplication", name},
		{"isClientCredentialsFlowEnabled", fmt.Sprint(a.Settings.ClientCredentialsFlow)},
		{"isIntrospectAllTokens", fmt.Sprint(a.Settings.IntrospectAllTokens)},
		{"isConsumerSecretOptional", fmt.Sprint(!a.Settings.SecretForWebServerFlow)},
		{"isNamedUserJwtEnabled", fmt.Sprint(a.Settings.JWTAccessTokens)},
		{"isPkceRequired", fmt.Sprint(a.Settings.PKCERequired)},
		{"isRefreshTokenRotationEnabled", fmt.Sprint(a.Settings.RefreshTokenRotation)},
		{"isSecretRequiredForRefreshToken", fmt.Sprint(a.Settings.SecretForRefreshToken)},
		{"label", name + "_glbloauth"},
	})
	x.write("ExtlClntAppOauthSettings", name+"_oauth", []field{
		{"commaSeparatedOauthScopes", strings.Join(metadataScopes(a.Settings.Scopes), ", ")},
		{"externalClientApplication", name},
		{"label", name + "_oauth"},
	}, rangeElements(a.Settings.TrustedIPRanges)...)
	x.write("ExtlClntAppOauthConfigurablePolicies", name+"_oauthPlcy", x.policies(name, a))
	x.write("ExtlClntAppConfigurablePolicies", name+"_plcy", []field{
		{"externalClientApplication", name},
		{"isEnabled", fmt.Sprint(a.Enabled)},
		{"isOauthPluginEnabled", fmt.Sprint(a.OAuthPlugin)},
		{"label", name + "_plcy"},
	})
	return nil
}

func (x *exporter) policies(name string, a fixtures.App) []field {
	p := a.Policies
	for _, set := range p.PermissionSets {
		x.sets[set] = true
	}
	permitted, timeout := "AllSelfAuthorized", ""
	if p.PermittedUsers == fixtures.AdminApprovedUsers {
		permitted = "AdminApprovedPreAuthorized"
	}
	if n := int(p.SessionTimeout) / int(minutes(1)); n > 0 {
		timeout = fmt.Sprint(n)
	}
	relaxation := ""
	for text, known := range ipRelaxations {
		if known == p.IPRelaxation && text != strings.ToUpper(text) {
			relaxation = text
		}
	}
	return slices.Concat([]field{
		{"clientCredentialsFlowUser", p.RunAs},
		{"commaSeparatedPermissionSet", strings.Join(p.PermissionSets, ", ")},
		{"commaSeparatedProfile", strings.Join(p.Profiles, ", ")},
		{"externalClientApplication", name},
		{"ipRelaxationPolicyType", relaxation},
		{"isClientCredentialsFlowEnabled", fmt.Sprint(p.ClientCredentialsFlow)},
		{"label", name + "_oauthPlcy"},
		{"permittedUsersPolicyType", permitted},
	}, exportedRefreshToken(p), []field{{"sessionTimeoutInMinutes", timeout}}, exportedJWT(a))
}

// exportedJWT are the elements that an org refuses without JWT-format tokens (facts: metadata.md section 4.4).
func exportedJWT(a fixtures.App) []field {
	if !a.Settings.JWTAccessTokens {
		return nil
	}
	n := int(a.Policies.JWTTokenLifetime) / int(minutes(1))
	return []field{{"namedUserJwtSessionTimeoutType", "Custom"}, {"namedUserJwtTimeout", fmt.Sprint(n)}}
}

// metadataScopes are scopes by their names in files.
func metadataScopes(names []string) []string {
	var list []string
	for _, name := range names {
		for _, s := range fixtures.Scopes {
			if s.Name == name {
				list = append(list, s.Metadata)
			}
		}
	}
	return list
}

func rangeElements(ranges []fixtures.IPRange) []string {
	var list []string
	for _, r := range ranges {
		list = append(list, fmt.Sprintf(
			"    <trustedIpRanges>\n        <endIpAddress>%s</endIpAddress>\n        <startIpAddress>%s</startIpAddress>\n    </trustedIpRanges>\n", r.To, r.From))
	}
	return list
}

// write makes one file; elements without a text are left out, raw ones come last.
func (x *exporter) write(typeName, name string, fields []field, raw ...string) {
	t := schema.ByName(typeName)
	var b bytes.Buffer
	fmt.Fprintf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s xmlns=%q>\n", t.Name, schema.Namespace)
	for _, f := range fields {
		if f.text == "" {
			continue
		}
		fmt.Fprintf(&b, "    <%s>%s</%s>\n", f.name, escape(f.text), f.name)
	}
	for _, text := range raw {
		b.WriteString(text)
	}
	fmt.Fprintf(&b, "</%s>\n", t.Name)
	x.files[path.Join("force-app/main/default", t.Folder, name+"."+t.Suffix+"-meta.xml")] = b.Bytes()
	x.members[t.Name] = append(x.members[t.Name], name)
}

// escape keeps line breaks, which xml.EscapeText would write as references.
func escape(text string) string {
	var b strings.Builder
	// A strings.Builder takes every write.
	_ = xml.EscapeText(&b, []byte(text))
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}

func (x *exporter) manifest() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Package xmlns=%q>\n", schema.Namespace)
	for _, typeName := range slices.Sorted(maps.Keys(x.members)) {
		b.WriteString("    <types>\n")
		for _, name := range slices.Sorted(slices.Values(x.members[typeName])) {
			fmt.Fprintf(&b, "        <members>%s</members>\n", name)
		}
		fmt.Fprintf(&b, "        <name>%s</name>\n    </types>\n", typeName)
	}
	fmt.Fprintf(&b, "    <version>%s</version>\n</Package>\n", ExportVersion)
	return b.Bytes()
}
