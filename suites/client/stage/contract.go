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
	PairFile       = "SF_CREDENTIALS_FILE"
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
	for i, id := range s.identities() {
		suffix := suffixOf(i)
		settings[LoginURL+suffix] = s.Base(evidence.Token, id.org)
		settings[ClientID+suffix] = id.clientID
		settings[OrgID+suffix] = s.casts[id.org].config.OrgID()
		if s.options.Flow == fixtures.ClientCredentials {
			settings[ClientSecret+suffix] = id.secret
			continue
		}
		settings[Username+suffix] = id.username
		settings[PrivateKeyFile+suffix] = s.path("key" + suffix + ".pem")
		settings[Certificate+suffix] = s.path("certificate" + suffix + ".pem")
		settings[Audience+suffix] = id.audience
	}
	return settings
}

// keyFile and certificateFile are the names of the files of the first identity.
const (
	keyFile         = "key.pem"
	certificateFile = "certificate.pem"
)

// suffixOf is the end of the names of an identity's settings and files.
func suffixOf(identity int) string {
	if identity == 0 {
		return ""
	}
	return fmt.Sprintf("_%d", identity+1)
}

// Blanks beside the settings that values of settings may be made of.
const (
	// LoginHost is the login URL without its scheme, PlainURL that of the same org by http.
	LoginHost = "LOGIN_HOST"
	PlainURL  = "PLAIN_URL"
	// Files is the folder of the files that the client is given.
	Files = "FILES"
	// NewestID and NewestSecret are the newest pair of Consumer Key and Consumer Secret.
	NewestID     = "NEWEST_CLIENT_ID"
	NewestSecret = "NEWEST_CLIENT_SECRET"
)

// Blank is what stands for a name in the value of a setting: that setting as it is,
// or one of the blanks; empty if there is none.
func (s *Stage) Blank(name string) string {
	switch name {
	case LoginHost:
		return HostName(s.Base(evidence.Token, 0))
	case PlainURL:
		return s.Base(evidence.Plain, 0)
	case Files:
		return s.options.Dir
	case NewestID:
		return s.Newest().ClientID
	case NewestSecret:
		return s.Newest().ClientSecret
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
	for i, id := range s.identities() {
		if s.options.Flow == fixtures.JWTBearer {
			files["key"+suffixOf(i)+".pem"] = id.keyPEM
			files["certificate"+suffixOf(i)+".pem"] = id.certificate
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
