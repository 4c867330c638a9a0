package deploy_test

import (
	"math"
	"slices"
	"testing"
)

// FuzzDeploy: whatever file is deployed, the deploy ends, and a failed one changes nothing.
func FuzzDeploy(f *testing.F) {
	for name, text := range project("Nightly") {
		f.Add(name, text)
	}
	f.Add("destructiveChanges.xml", manifest("ConnectedApp", "*"))
	f.Add("connectedApps/Old.connectedApp", connected)
	f.Add("connectedApps/", "")
	f.Fuzz(func(t *testing.T, name, text string) {
		if len(name) > math.MaxUint16 {
			t.Skip("a zip archive holds no such name")
		}
		x, files := newOrg(t), project("Nightly")
		files[name] = text
		r := x.deploy(t, files)
		if !r.Done || !slices.Contains([]string{"Succeeded", "Failed"}, r.Status) {
			t.Fatalf("%q %q: %+v", name, text, r)
		}
		if r.Status == "Failed" && len(x.changed) > 0 {
			t.Fatalf("%q %q failed and changed %v", name, text, x.changed)
		}
	})
}

// FuzzBody: whatever is posted as a multipart body, the answer is a deploy or a known refusal.
func FuzzBody(f *testing.F) {
	x := newOrg(f)
	archive := packed(f, project("Nightly"))
	f.Add(multipartType, multipart(`{"deployOptions":{"checkOnly":true}}`, archive))
	f.Add("multipart/form-data", "")
	f.Add("application/json", `{"validatedDeployRequestId":""}`)
	f.Fuzz(func(t *testing.T, contentType, body string) {
		if a := x.do(t, "POST", deployRequest, contentType, body); a.Status != 201 && a.Note.Refusal == "" {
			t.Fatalf("%d %s", a.Status, a.Body)
		}
	})
}
