package mocksf_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
)

func packed(t *testing.T, coding, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser = gzip.NewWriter(&b)
	if coding == "deflate" {
		w = zlib.NewWriter(&b)
	}
	if _, err := io.WriteString(w, body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// posted sends a body that is said to be compressed, and returns status and answer.
func posted(t *testing.T, s *mocksf.Server, path, coding string, body []byte) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Encoding", coding)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

const noSession = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><getUserInfo xmlns="urn:partner.soap.sforce.com"/></e:Body></e:Envelope>`

func TestTheAPIsReadCompressedRequests(t *testing.T) {
	t.Parallel()
	s := mocksf.Serve(t)
	const soap, token = "/services/Soap/u/55.0", "/services/oauth2/token"
	read := fixtures.MustRefusal("soap-session-missing").Answer.Description
	unread := fixtures.MustRefusal("soap-envelope-malformed").Answer.Error
	for name, c := range map[string]struct {
		path, coding string
		body         []byte
		want         string
	}{
		"gzip":                  {soap, "gzip", packed(t, "gzip", noSession), read},
		"GZIP":                  {soap, "GZIP", packed(t, "gzip", noSession), read},
		"deflate":               {soap, "deflate", packed(t, "deflate", noSession), read},
		"identity":              {soap, "identity", []byte(noSession), read},
		"said and not done":     {soap, "gzip", []byte(noSession), read},
		"another coding":        {soap, "br", packed(t, "gzip", noSession), unread},
		"cut short":             {soap, "gzip", packed(t, "gzip", noSession)[:40], unread},
		"a bomb":                {soap, "gzip", packed(t, "gzip", strings.Repeat(" ", 1<<24)+noSession), unread},
		"at the token endpoint": {token, "gzip", packed(t, "gzip", "grant_type=client_credentials"), fixtures.MustRefusal("grant-type-missing").Answer.Description},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if status, text := posted(t, s, c.path, c.coding, c.body); !strings.Contains(text, c.want) {
				t.Errorf("%d %s, want %q", status, text, c.want)
			}
		})
	}
}
