package stage

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// The settings of the contract between the harness and a client
// (client-requirements.md section 3.1). Those of a second org end in _2.
const (
	LoginURL       = "SF_LOGIN_URL"
	ClientID       = "SF_CLIENT_ID"
	ClientSecret   = "SF_CLIENT_SECRET"
	SecretFile     = "SF_CLIENT_SECRET_FILE"
	Username       = "SF_USERNAME"
	PrivateKeyFile = "SF_PRIVATE_KEY_FILE"
	Certificate    = "SF_CERTIFICATE_FILE"
	Audience       = "SF_AUDIENCE"
	CAFile         = "SF_CA_FILE"
	APIVersion     = "SF_API_VERSION"
	FlowName       = "SF_FLOW"
	OrgID          = "SF_ORG_ID"
)

// apiVersion is recent, and what the fake serves.
const apiVersion = "66.0"

// Settings is what the client is told to use.
func (s *Stage) Settings() map[string]string {
	settings := map[string]string{APIVersion: apiVersion, FlowName: string(s.options.Flow)}
	if !s.options.Insecure {
		settings[CAFile] = s.path("ca.pem")
	}
	for i, c := range s.casts {
		suffix := ""
		if i > 0 {
			suffix = fmt.Sprintf("_%d", i+1)
		}
		settings[LoginURL+suffix] = s.Base(evidence.Token, i)
		settings[ClientID+suffix] = c.clientID
		settings[OrgID+suffix] = c.config.OrgID()
		if s.options.Flow == fixtures.ClientCredentials {
			settings[ClientSecret+suffix] = c.secret
			continue
		}
		settings[Username+suffix] = c.username
		settings[PrivateKeyFile+suffix] = s.path("key" + suffix + ".pem")
		settings[Certificate+suffix] = s.path("certificate" + suffix + ".pem")
		settings[Audience+suffix] = c.audience
	}
	return settings
}

// Blanks beside the settings that values of settings may be made of.
const (
	// LoginHost is the login URL without its scheme, PlainURL that of the same org by http.
	LoginHost = "LOGIN_HOST"
	PlainURL  = "PLAIN_URL"
)

// Blank is what stands for a name in the value of a setting: that setting as it is,
// or one of the blanks; empty if there is none.
func (s *Stage) Blank(name string) string {
	switch name {
	case LoginHost:
		return HostName(s.Base(evidence.Token, 0))
	case PlainURL:
		return s.Base(evidence.Plain, 0)
	}
	return s.Settings()[name]
}

func (s *Stage) path(name string) string { return filepath.Join(s.options.Dir, name) }

// WriteFile puts a file beside those that the client is given, readable by the owner
// only, and returns its path.
func (s *Stage) WriteFile(name, content string) (string, error) {
	path := s.path(name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		return "", fmt.Errorf("stage: %w", err)
	}
	return path, nil
}

// WriteFiles writes what the settings name.
func (s *Stage) WriteFiles() error {
	files := map[string]string{"ca.pem": string(s.options.Keys.AuthorityPEM())}
	for i, c := range s.casts {
		suffix := ""
		if i > 0 {
			suffix = fmt.Sprintf("_%d", i+1)
		}
		if s.options.Flow == fixtures.JWTBearer {
			files["key"+suffix+".pem"] = c.keyPEM
			files["certificate"+suffix+".pem"] = c.config.Apps[appName].Certificate
		}
	}
	for name, content := range files {
		if _, err := s.WriteFile(name, content); err != nil {
			return err
		}
	}
	return nil
}

// Credential is what the client of the first org logs in with.
func (s *Stage) Credential() (clientID, clientSecret string) {
	return s.casts[0].clientID, s.casts[0].secret
}

// KeyPEM is the private key of the first org's app.
func (s *Stage) KeyPEM() string { return s.casts[0].keyPEM }

// HostName is the name of a host without scheme and port, as messages show it.
func HostName(base string) string {
	_, host, _ := strings.Cut(base, "://")
	host, _, _ = strings.Cut(host, "/")
	return host
}
