package deploy_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/deploy"
)

const deployRequest = "/services/data/v66.0/metadata/deployRequest"

type resource struct {
	ID        string        `json:"id"`
	Validated string        `json:"validatedDeployRequestId"`
	Result    deploy.Result `json:"deployResult"`
}

// rest asks for a deploy request and wants the status.
func (x *org) rest(t *testing.T, method, path, contentType, body string, status int) resource {
	t.Helper()
	a := x.do(t, method, path, contentType, body)
	var r resource
	if err := json.Unmarshal(a.Body, &r); a.Status != status || err != nil {
		t.Fatalf("%s %s: %d %s (%v)", method, path, a.Status, a.Body, err)
	}
	return r
}

// multipart is the body that jsforce sends.
func multipart(options string, archive []byte) string {
	return strings.ReplaceAll("--edge\nContent-Disposition: form-data; name=\"file\"; filename=\"package.xml\"\nContent-Type: application/zip\n\n", "\n", "\r\n") +
		string(archive) + strings.ReplaceAll("\n--edge\nContent-Disposition: form-data; name=\"entity_content\"\nContent-Type: application/json\n\n", "\n", "\r\n") +
		options + "\r\n--edge--\r\n"
}

const multipartType = "multipart/form-data; boundary=edge"

func TestRESTDeploysAsSOAPDoes(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	body := multipart(`{"deployOptions":{"rollbackOnError":true,"singlePackage":true,"testLevel":"NoTestRun","runTests":[]}}`, packed(t, project("Nightly")))
	made := x.rest(t, "POST", deployRequest, multipartType, body, 201)
	if made.Result.Status != "Pending" || !strings.HasPrefix(made.ID, "0Af") {
		t.Errorf("%+v", made)
	}
	short := x.rest(t, "GET", deployRequest+"/"+made.ID, "", "", 200)
	full := x.rest(t, "GET", deployRequest+"/"+made.ID+"?includeDetails=true", "", "", 200)
	succeeded(t, full.Result)
	succeeded(t, x.status(t, made.ID))
	if short.Result.Details != nil || len(full.Result.Details.Successes) != 5 || full.Result.Details.Failures == nil {
		t.Errorf("details %+v, and %+v unasked", full.Result.Details, short.Result.Details)
	}
	if canceled := x.rest(t, "PATCH", deployRequest+"/"+made.ID, "application/json", `{"deployResult":{"status":"Canceling"}}`, 202); canceled.Result.Status != "Succeeded" {
		t.Errorf("canceled after its end: %+v", canceled)
	}
}

func TestRESTDeploysAValidationByItsID(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	body := multipart(`{"deployOptions":{"checkOnly":true,"rollbackOnError":true,"singlePackage":true}}`, packed(t, project("Nightly")))
	checked := x.rest(t, "POST", deployRequest, multipartType, body, 201)
	if len(x.changed) != 0 {
		t.Error("a validation changed the org")
	}
	made := x.rest(t, "POST", deployRequest, "application/json", `{"validatedDeployRequestId":"`+checked.ID+`"}`, 201)
	succeeded(t, x.status(t, made.ID))
	if made.Validated != checked.ID || len(x.changed) == 0 {
		t.Errorf("%+v, changes %v", made, x.changed)
	}
}

func TestRESTRefusesWhatIsNoDeploy(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	for name, c := range map[string]struct{ contentType, body, want string }{
		"no multipart":    {"application/zip", "PK", "rest-deploy-malformed"},
		"no options":      {multipartType, "--edge\r\nContent-Type: application/zip\r\n\r\nPK\r\n--edge--\r\n", "rest-deploy-malformed"},
		"no zip":          {multipartType, "--edge\r\nContent-Type: application/json\r\n\r\n{}\r\n--edge--\r\n", "rest-deploy-malformed"},
		"broken options":  {multipartType, multipart("{", nil), "rest-deploy-malformed"},
		"no JSON":         {"application/json", "{", "rest-deploy-malformed"},
		"not a valid id":  {"application/json", `{"validatedDeployRequestId":"0Af"}`, "rest-deploy-id-invalid"},
		"an empty object": {"application/json", `{}`, "rest-deploy-id-invalid"},
	} {
		if a := x.do(t, "POST", deployRequest, c.contentType, c.body); string(a.Note.Refusal) != c.want {
			t.Errorf("%s: %d %s (%s), want %s", name, a.Status, a.Body, a.Note.Refusal, c.want)
		}
	}
}
