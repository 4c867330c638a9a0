package deploy_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
)

// bomb is a zip file of one file of so many zeros.
func bomb(t *testing.T, name string, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	for zeros := make([]byte, 1<<20); err == nil && size > 0; size -= len(zeros) {
		_, err = f.Write(zeros)
	}
	if err != nil || w.Close() != nil {
		t.Fatal("a buffer takes every write")
	}
	return b.Bytes()
}

func TestWhatWouldHurtIsRefusedByTheLimitThatItHit(t *testing.T) {
	t.Parallel()
	many := map[string]string{"package.xml": everything}
	for i := range 10_001 {
		many[fmt.Sprintf("externalClientApps/A%d.eca", i)] = ""
	}
	for _, c := range []struct {
		name    string
		archive []byte
		code    string
		says    string
	}{
		{"a bomb", bomb(t, "package.xml", 8<<20), "LIMIT_EXCEEDED", "ZipRatio"},
		{"too many components", packed(t, many), "LIMIT_EXCEEDED", "Components"},
		{"a path outside", packed(t, map[string]string{"../package.xml": everything}), "UNKNOWN_EXCEPTION", "outside"},
		{"an absolute path", packed(t, map[string]string{"/package.xml": everything}), "UNKNOWN_EXCEPTION", "outside"},
		{"no zip file", []byte("PK no zip"), "UNKNOWN_EXCEPTION", "cannot be read"},
		{"nothing", nil, "UNKNOWN_EXCEPTION", "cannot be read"},
		{"a manifest with a document type", packed(t, map[string]string{"package.xml": `<!DOCTYPE a [<!ENTITY b "c">]><Package/>`}), "UNKNOWN_EXCEPTION", "package.xml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := newOrg(t)
			r := x.deployZip(t, c.archive, defaults)
			if r.Status != "Failed" || !r.Done || r.ErrorStatusCode != c.code || !strings.Contains(r.ErrorMessage, c.says) || len(x.changed) > 0 {
				t.Errorf("%s %s: %q, want %s with %q", r.Status, r.ErrorStatusCode, r.ErrorMessage, c.code, c.says)
			}
		})
	}
}

func TestADeployMayBeLargerThanOtherCallsAndIsStillBounded(t *testing.T) {
	t.Parallel()
	server, err := mocksf.New(mocksf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for size, want := range map[int]string{
		2 << 20:  fixtures.MustRefusal("soap-envelope-malformed").Answer.Error,
		51 << 20: fixtures.MustRefusal("soap-request-too-large").Answer.Description,
	} {
		w := httptest.NewRecorder()
		body := io.LimitReader(spaces{}, int64(size))
		server.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "POST", "/services/Soap/m/66.0", body))
		if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%d bytes: %d %s, want %s", size, w.Code, w.Body, want)
		}
	}
}

// spaces is white space without end.
type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestAZipFileThatIsNoBase64TextFails(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	id := result[struct {
		ID string `xml:"id"`
	}](t, x.call(t, "deploy", "<ZipFile>%%%</ZipFile>")).ID
	if r := x.status(t, id); r.Status != "Failed" || !strings.Contains(r.ErrorMessage, "base64") {
		t.Errorf("%s %q", r.Status, r.ErrorMessage)
	}
}

func TestAFileThatIsNoXMLFailsAtItsComponent(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a document type": `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><ExternalClientApplication>&b;</ExternalClientApplication>`,
		"cut short":       "<ExternalClientApplication",
		"no UTF-8":        "<ExternalClientApplication " + namespace + "><label>\xff</label></ExternalClientApplication>",
	} {
		x, files := newOrg(t), project("Nightly")
		files["externalClientApps/Nightly.eca"] = text
		r := x.deploy(t, files)
		if r.Status != "Failed" || len(r.Details.Failures) == 0 || r.Details.Failures[0].FullName != "Nightly" || r.Details.Failures[0].Line == 0 {
			t.Errorf("%s: %s %s %+v", name, r.Status, r.ErrorMessage, r.Details)
		}
	}
}

func TestFilesOfAProjectInAZipFileDoNotCount(t *testing.T) {
	t.Parallel()
	x, files := newOrg(t), project("Nightly")
	files["sfdx-project.json"] = `{"packageDirectories":[{"path":"nowhere"}]}`
	files[".forceignore"] = "**"
	succeeded(t, x.deploy(t, files))
}

func TestOnlyTheLastRequestsAreRemembered(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	first := x.deploy(t, project("Nightly"))
	for range 101 {
		x.call(t, "retrieve", "<request/>")
	}
	if a := x.call(t, "checkDeployStatus", "<asyncProcessId>"+first.ID+"</asyncProcessId>"); a.Note.Refusal != "soap-deploy-id-invalid" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}
