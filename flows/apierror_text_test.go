package flows_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/flows"
)

func TestErrorInOneLineOfTextIsShownAndAPageIsNot(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"INVALID_HERON: the heron has flown":  "INVALID_HERON: the heron has flown",
		"Bad_Heron":                           "Bad_Heron",
		"INVALID_HERON: <b>the heron</b>":     "not JSON",
		"Dear customer,\nINVALID_HERON: gone": "not JSON",
	} {
		response := &http.Response{
			StatusCode: http.StatusBadRequest, Body: io.NopCloser(strings.NewReader(body)),
			Header: http.Header{"Content-Type": {"text/plain"}},
		}
		if got := flows.ReadAPIError(response).Error(); !strings.Contains(got, want) || !strings.Contains(got, "400") {
			t.Errorf("%q reads as %q, want %q", body, got, want)
		}
	}
}
