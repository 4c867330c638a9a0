package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/reach"
)

// output is what mocksf prints at start.
type output struct {
	Variables []reach.Variable
	Curl      string
	Control   string
	Seed      uint64
	Case      *fixtures.Case
	// notes say what is missing or special, a line each.
	notes []string
}

// describe gathers what is printed and writes the key file that it names.
func describe(server *mocksf.Server, st state, way reach.Reach, seed uint64, keyFile string) (output, error) {
	told, err := clientOf(server, st)
	if err != nil {
		return output{}, err
	}
	out := output{Control: server.ControlURL(), Seed: seed, Case: st.play}
	address := server.URL()
	if way.ProxyURL != "" {
		address = told.LoginURL
	}
	c, err := edited(reached(told, address), st.edits, server.Org().Now())
	if err != nil {
		return out, err
	}
	out.Variables = []reach.Variable{
		{Name: "SF_LOGIN_URL", Value: c.LoginURL},
		{Name: "SF_INSTANCE_URL", Value: address},
		{Name: "SF_TOKEN_URL", Value: c.TokenURL()},
		{Name: "SF_CLIENT_ID", Value: c.ClientID},
		{Name: "SF_CLIENT_SECRET", Value: c.ClientSecret},
		{Name: "SF_USERNAME", Value: c.Username},
	}
	if strings.HasPrefix(c.LoginURL, "http://") {
		// Clients that refuse plain http, as they should, have to be told that this is a fake.
		out.add("SF_ALLOW_LOOPBACK_HTTP", "true")
	}
	if c.PrivateKeyPEM != "" {
		if err := os.WriteFile(keyFile, []byte(c.PrivateKeyPEM), 0o600); err != nil {
			return out, fmt.Errorf("mocksf: the key file: %w", err)
		}
		out.add("SF_PRIVATE_KEY_FILE", keyFile)
	} else {
		out.notes = append(out.notes, "SF_PRIVATE_KEY_FILE is yours to set: the key of the certificate that app "+st.app+" holds (if any)")
	}
	out.add("SF_AUDIENCE", c.RightAudience())
	out.add("MOCKSF_CONTROL_URL", server.ControlURL())
	out.addWay(way, server.TLSURL())
	out.noteOthers(server, st.others)
	out.noteCase(st.play)
	out.Curl, err = curlLine(server, st, way, told)
	return out, err
}

func (o *output) add(name, value string) {
	o.Variables = append(o.Variables, reach.Variable{Name: name, Value: value})
}

// addWay prints the authority, and the proxy under the two names that clients read.
func (o *output) addWay(way reach.Reach, tlsURL string) {
	if way.CAFile != "" {
		o.add("SF_CA_FILE", way.CAFile)
	}
	if way.ProxyURL != "" {
		o.add("HTTPS_PROXY", way.ProxyURL)
		o.add("https_proxy", way.ProxyURL)
	}
	o.notes = append(o.notes, "https: "+tlsURL+" (mocksf env prints what makes each runtime trust SF_CA_FILE and use the proxy)")
}

func (o *output) noteOthers(server *mocksf.Server, others []fixtures.Org) {
	for _, config := range others {
		org := server.OrgByMyDomain(config.MyDomain)
		o.notes = append(o.notes, fmt.Sprintf("org %s: %s, %s, %s/credentials?org=%s",
			config.MyDomain, org.URL(), org.TLSURL(), server.ControlURL(), config.MyDomain))
	}
}

func (o *output) noteCase(c *fixtures.Case) {
	if c == nil {
		return
	}
	o.notes = append(o.notes, fmt.Sprintf("case %s: %s", c.ID, c.Requirement))
	if r, err := fixtures.RefusalByID(c.Want.Refusal); err == nil {
		o.notes = append(o.notes, fmt.Sprintf("the answer is %d %s", r.Answer.Status, r.Answer.Body()), "fix: "+r.Fix)
	}
}

// print writes for a shell to source, or JSON. The curl line can be pasted as it
// stands; where it goes to a file or a pipe it stands in a here-document, so that
// sourcing the whole does not run it.
func (o *output) print(w io.Writer, asJSON, terminal bool) error {
	if asJSON {
		return o.printJSON(w)
	}
	var b strings.Builder
	for _, v := range o.Variables {
		fmt.Fprintf(&b, "export %s=%s\n", v.Name, shellQuote(v.Value))
	}
	for _, n := range o.notes {
		fmt.Fprintf(&b, "# %s\n", strings.Join(strings.Fields(n), " "))
	}
	if terminal {
		fmt.Fprintf(&b, "\n%s\n\n", o.Curl)
	} else {
		fmt.Fprintf(&b, ": <<'# end of the line to paste'\n%s\n# end of the line to paste\n", o.Curl)
	}
	fmt.Fprintf(&b, "# control API: %s (seed %d)\n", o.Control, o.Seed)
	_, err := io.WriteString(w, b.String())
	return err
}

func (o *output) printJSON(w io.Writer) error {
	variables := map[string]string{}
	for _, v := range o.Variables {
		variables[v.Name] = v.Value
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Variables map[string]string `json:"variables"`
		Curl      string            `json:"curl"`
		Control   string            `json:"control"`
		Seed      uint64            `json:"seed"`
		Case      *fixtures.Case    `json:"case,omitempty"`
	}{variables, o.Curl, o.Control, o.Seed, o.Case})
}

// shellQuote leaves plain words as they are and quotes all others for sh.
func shellQuote(s string) string {
	plain := strings.IndexFunc(s, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:@+%", r)
	}) < 0
	if plain && s != "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
