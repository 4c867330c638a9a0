package drive

import (
	"fmt"
	"slices"
	"strings"
)

// settingLabel is a setting as Setup and the products call it.
type settingLabel struct{ variable, label string }

var settingLabels = []settingLabel{
	{"SF_LOGIN_URL", "Login URL (My Domain)"},
	{"SF_TOKEN_URL", "Token URL"},
	{"SF_CLIENT_ID", "Consumer Key"},
	{"SF_CLIENT_SECRET", "Consumer Secret"},
	{"SF_CLIENT_SECRET_FILE", "File with the Consumer Secret"},
	{"SF_USERNAME", "Username"},
	{"SF_PRIVATE_KEY_FILE", "File with the private key"},
	{"SF_AUDIENCE", "Audience"},
	{"SF_CA_FILE", "Authority to trust (PEM file)"},
	{"SF_API_VERSION", "API version"},
	{"HTTPS_PROXY", "HTTPS proxy"},
}

// work of the operations, in words.
var operationWords = map[string]string{
	"login":            "have the product log in, and make one call",
	"query":            "start one sync that reads some pages of records",
	"write":            "start one sync that writes records",
	"twice-with-pause": "start one sync, wait a moment, and start another",
	"two-orgs":         "start one sync with each of the two orgs at the same time",
	"run-until-killed": "start the product and let it work until you are told to stop",
}

// show tells the person what to configure and to do.
func (m *Manual) show(job Job) error {
	var b strings.Builder
	m.jobs++
	fmt.Fprintf(&b, "\n%d. Scenario %s\n", m.jobs, job.Scenario)
	if job.Title != "" {
		fmt.Fprintf(&b, "What is the case: %s\n", job.Title)
	}
	b.WriteString("Configure the product:\n")
	for _, suffix := range []string{"", secondOrg} {
		for _, s := range settingLabels {
			if value, set := job.Env[s.variable+suffix]; set {
				fmt.Fprintf(&b, "  %-32s %s\n", s.label+labelOf(suffix), m.shown(s.variable, value))
			}
		}
	}
	for _, label := range missing(job) {
		fmt.Fprintf(&b, "  %-32s (leave it empty)\n", label)
	}
	fmt.Fprintf(&b, "Then %s.\nPress Enter when it is done; type skip if the product cannot do it, stop to end here with the report.\n", inWords(job.Operation))
	return m.say("%s", b.String())
}

// settingsOf are the settings that a login of the flow needs, by the grant.
var settingsOf = map[string][]string{
	"client-credentials": {"SF_LOGIN_URL", "SF_CLIENT_ID", "SF_CLIENT_SECRET"},
	"jwt-bearer":         {"SF_LOGIN_URL", "SF_CLIENT_ID", "SF_USERNAME", "SF_PRIVATE_KEY_FILE"},
}

// missing are the settings that the scenario leaves out of those that a login needs.
func missing(job Job) []string {
	var labels []string
	needed := settingsOf[fmt.Sprint(job.Context["flow"])]
	for _, s := range settingLabels {
		_, set := job.Env[s.variable]
		if _, inFile := job.Env[s.variable+"_FILE"]; !set && !inFile && slices.Contains(needed, s.variable) {
			labels = append(labels, s.label)
		}
	}
	return labels
}

func labelOf(suffix string) string {
	if suffix == "" {
		return ""
	}
	return ", second org"
}

// shown hides a secret unless a person alone can see it: what is no terminal may be
// a log that is kept.
func (m *Manual) shown(variable, value string) string {
	if variable == "SF_CLIENT_SECRET" && !m.options.Terminal {
		return "(shown on a terminal only)"
	}
	value = strings.ReplaceAll(value, "\n", "(and a line break)")
	// A value must not write over what stands on the terminal.
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, value)
}

func inWords(operation string) string {
	name, count, _ := strings.Cut(operation, ":")
	words, known := operationWords[name]
	switch {
	case name == "burst":
		return fmt.Sprintf("start a sync that makes %s calls side by side", count)
	case !known || slices.Contains([]string{"", ProbeOperation}, operation):
		return "start one sync"
	}
	return words
}
