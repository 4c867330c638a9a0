package lint

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata"
)

// ClientFile is a file of the project that configures a client of the org.
type ClientFile struct {
	Path string
	Data []byte
}

// mostClientBytes is the size above which a file is not looked at.
const mostClientBytes = 256 << 10

// ClientFiles are the project's env files, scripts and properties at its top and in
// the folders that usually hold them.
func ClientFiles(fsys fs.FS) ([]ClientFile, error) {
	var files []ClientFile
	for _, folder := range []string{".", "config", "scripts", "bin", "deploy"} {
		entries, err := fs.ReadDir(fsys, folder)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if !e.Type().IsRegular() || !configures(e.Name()) {
				continue
			}
			info, err := e.Info()
			if err != nil || info.Size() > mostClientBytes {
				continue
			}
			name := path.Join(folder, e.Name())
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, err
			}
			files = append(files, ClientFile{name, data})
		}
	}
	return files, nil
}

func configures(name string) bool {
	if strings.HasPrefix(name, ".env") {
		return true
	}
	switch path.Ext(name) {
	case ".env", ".sh", ".properties", ".ps1":
		return true
	}
	return false
}

var (
	genericHost  = regexp.MustCompile(`https?://(login|test)\.salesforce\.com`)
	usesFlow     = regexp.MustCompile(`(?i)client_credentials|CLIENT_SECRET`)
	usesOther    = regexp.MustCompile(`(?i)grant_type=password|PASSWORD|jwt-bearer|PRIVATE_KEY|JWT_KEY|REFRESH_TOKEN|--auth-url|authorization_code`)
	notTheTarget = regexp.MustCompile(`(?i)callback|redirect|audience|_aud\b`)
)

// ECA42. A file that names another flow is passed over: the hosts are right for it.
func clientOnGenericHost(r *run) {
	for _, f := range r.o.Clients {
		if !usesFlow.Match(f.Data) || usesOther.Match(f.Data) {
			continue
		}
		n := 0
		for line := range bytes.Lines(f.Data) {
			n++
			at := genericHost.FindIndex(line)
			if at == nil || notTheTarget.Match(line) || bytes.HasPrefix(bytes.TrimSpace(line), []byte("#")) {
				continue
			}
			place := metadata.Place{Path: f.Path, Line: n, Col: at[0] + 1}
			r.report(place, "", "client credentials work on the org's My Domain host alone, not on %s", line[at[0]:at[1]])
		}
	}
}
