package reach

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// WriteTrust writes the authority into dir in every form that a runtime asks for,
// and returns a Reach that names the files. An empty authority (one's own
// certificate, which the client trusts already) writes nothing.
func WriteTrust(dir string, authority []byte) (Reach, error) {
	if len(authority) == 0 {
		return Reach{}, nil
	}
	store, err := javaTrustStore(authority)
	if err != nil {
		return Reach{}, err
	}
	// The client need not run where mocksf does.
	if dir, err = filepath.Abs(dir); err != nil {
		return Reach{}, fmt.Errorf("mocksf: the authority's files: %w", err)
	}
	r := Reach{
		CAFile:         filepath.Join(dir, "ca.pem"),
		TrustStoreFile: filepath.Join(dir, "truststore.jks"), TrustStorePassword: trustStorePassword,
		PHPConfigDir: filepath.Join(dir, "php"),
	}
	if err := os.Mkdir(r.PHPConfigDir, 0o700); err != nil {
		return Reach{}, fmt.Errorf("mocksf: no place for PHP's settings: %w", err)
	}
	for _, f := range []struct {
		name    string
		content []byte
	}{
		{r.CAFile, authority},
		{r.TrustStoreFile, store},
		{filepath.Join(r.PHPConfigDir, "mocksf.ini"), phpSettings(r.CAFile)},
	} {
		if err := os.WriteFile(f.name, f.content, 0o600); err != nil {
			return Reach{}, fmt.Errorf("mocksf: the authority's files: %w", err)
		}
	}
	return r, nil
}

// phpSettings name the authority to PHP's streams and to ext-curl, which reads
// openssl.cafile first and curl.cainfo else (php-src ext/curl/interface.c).
func phpSettings(caFile string) []byte {
	quoted := "'" + caFile + "'"
	if strings.Contains(caFile, "'") {
		quoted = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`).Replace(caFile) + `"`
	}
	return fmt.Appendf(nil, "openssl.cafile=%s\ncurl.cainfo=%s\n", quoted, quoted)
}
