package lint

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

// ruleOf is the rule for a kind of problem; kinds that are not named are ECA00.
var ruleOf = map[metadata.Kind]fixtures.LintRuleID{
	metadata.Orphan: "ECA07", metadata.Incomplete: "ECA08", metadata.Misnamed: "ECA09",
	metadata.UnknownElement: "ECA10", metadata.WrongVersion: "ECA11", metadata.UnknownScope: "ECA12",
	metadata.UnknownValue: "ECA13", metadata.Extra: "ECA35", metadata.Malformed: "ECA37",
}

// ruleFor is the rule that a problem of the reader belongs to.
func ruleFor(p metadata.Problem) fixtures.LintRuleID {
	switch {
	case p.Kind == metadata.UnknownElement && p.Component.Type.Name == "ExtlClntAppConfigurablePolicies" && ofTheFlow(p.Element.Name):
		return "ECA01"
	case p.Kind == metadata.Missing && p.Near == "externalClientApplication":
		return "ECA07"
	case p.Kind == metadata.Missing && p.Component.Type.Name == "ConnectedApp":
		return "ECA40"
	}
	if id, ok := ruleOf[p.Kind]; ok {
		return id
	}
	return "ECA00"
}

// ofTheFlow says whether the element is one of the two that the Help page puts into the wrong file.
func ofTheFlow(name string) bool {
	return name == "isClientCredentialsFlowEnabled" || name == "clientCredentialsFlowUser"
}

// problems reports what the reader found and the current rule is for.
func problems(r *run) {
	for _, p := range r.p.Problems {
		if ruleFor(p) != r.rule.ID {
			continue
		}
		f := r.report(p.Place, r.apps[p.Component], "%s", p.Message)
		f.fatal = !p.Warning
		if text := p.DeployText(r.p.Version); text != "" {
			f.Deploys = []string{text}
		}
		if p.Warning {
			asWarning(f)
		}
		f.Message += takenBy(r, p)
		f.Fix = problemFix(r, p)
		if r.rule.ID == "ECA01" {
			f.Message += ": it belongs into the app's .ecaOauthPlcy file (ExtlClntAppOauthConfigurablePolicies), although Salesforce's Help says otherwise"
		}
	}
}

// takenBy names the manifest beside the project that is of an API version which has
// what the project's has not: files are often retrieved, and deployed, by it.
func takenBy(r *run, p metadata.Problem) string {
	for _, m := range r.p.Source.Manifests {
		if p.Since > 0 && m.Version >= p.Since && m.Lists(p.Component.Type, p.Component.Name) {
			return fmt.Sprintf("; %s is of %d.0, and a deploy by it takes this (--manifest %s)", m.Path, m.Version, m.Path)
		}
	}
	return ""
}

// asWarning lowers a finding on files that Salesforce takes. Without its
// .ecaGlblOauth, which belongs into no repository, an app deploys to the org that has
// it, and no other knows its consumer key.
func asWarning(f *Finding) {
	if f.Severity != fixtures.LintError {
		return
	}
	f.Severity = fixtures.LintWarning
	if f.Rule == "ECA08" {
		f.Deploys = nil
	} else {
		f.Flows = nil
	}
}

// problemFix is the change that mends a problem of the reader; nil if none is known.
func problemFix(r *run, p metadata.Problem) *Fix {
	c, e := p.Component, p.Element
	if c == nil || e == nil || c.Root == nil && p.Kind != metadata.Malformed {
		return nil
	}
	switch {
	case r.rule.ID == "ECA01":
		return moveToPolicy(r, p)
	case p.Kind == metadata.Orphan && p.Near != "":
		return fix(true, setText(c, e, p.Near))
	case p.Kind == metadata.UnknownElement && p.Near != "" && c.Root.Find(p.Near) == nil && len(e.Children) == 0:
		return fix(true, renameElement(c, e, p.Near))
	case p.Kind == metadata.UnknownElement:
		return fix(false, removeElement(c, e))
	case p.Kind == metadata.WrongVersion && e != c.Root:
		known := c.Type.Elements[e.Name]
		return fix(known != nil && known.Versions.Until != 0, removeElement(c, e))
	case p.Kind == metadata.UnknownValue && p.Near != "":
		return fix(sureOf(e.Value(), p.Near), setText(c, e, p.Near))
	case p.Kind == metadata.UnknownScope && p.Near != "":
		return scopeFix(p)
	case p.Kind == metadata.Malformed && strings.HasPrefix(p.Message, "the namespace is missing"):
		return fix(true, addNamespace(c, e))
	}
	return nil
}

// sureOf says whether a suggestion is more than a guess: the same letters, the
// beginning of the word, or a scope's runtime name.
func sureOf(value, near string) bool {
	if strings.EqualFold(value, near) || len(value) >= 5 && strings.HasPrefix(strings.ToLower(near), strings.ToLower(value)) {
		return true
	}
	for _, s := range fixtures.Scopes {
		if s.Name == value && s.Metadata == near {
			return true
		}
	}
	return value == "SFAP" || value == "SFApiPlatform"
}

// scopeFix replaces one scope of a list, or of an element of its own.
func scopeFix(p metadata.Problem) *Fix {
	words := strings.Split(p.Element.Text, ",")
	var wrong string
	for i, word := range words {
		value := strings.TrimSpace(word)
		if value != "" && strings.Contains(p.Message, `"`+value+`" is not a valid`) {
			words[i], wrong = strings.Replace(word, value, p.Near, 1), value
		}
	}
	if wrong == "" {
		return nil
	}
	return fix(sureOf(wrong, p.Near), setText(p.Component, p.Element, strings.Join(words, ",")))
}

// moveToPolicy takes an element out of .ecaPlcy and puts it into the app's OAuth
// policy, if that has none of the name.
func moveToPolicy(r *run, p metadata.Problem) *Fix {
	remove := removeElement(p.Component, p.Element)
	for _, app := range r.p.Apps {
		if app.Policies != p.Component || app.OAuthPolicies == nil || app.OAuthPolicies.Root == nil {
			continue
		}
		if app.OAuthPolicies.Find(p.Element.Name) != nil {
			return fix(true, remove)
		}
		return fix(true, remove, addElement(app.OAuthPolicies, p.Element.Name, p.Element.Value()))
	}
	return nil
}
