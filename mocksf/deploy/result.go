package deploy

import (
	"cmp"
	"time"

	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// The states of a request (facts: metadata.md section 4.2).
const (
	statusPending    = "Pending"
	statusInProgress = "InProgress"
	statusSucceeded  = "Succeeded"
	statusPartial    = "SucceededPartial"
	statusFailed     = "Failed"
	statusCanceling  = "Canceling"
	statusCanceled   = "Canceled"
)

// Result is a DeployResult of the Metadata API, in the order of its WSDL.
type Result struct {
	CanceledBy         string   `json:"canceledBy,omitempty" xml:"canceledBy,omitempty"`
	CanceledByName     string   `json:"canceledByName,omitempty" xml:"canceledByName,omitempty"`
	CheckOnly          bool     `json:"checkOnly" xml:"checkOnly"`
	CompletedDate      string   `json:"completedDate,omitempty" xml:"completedDate,omitempty"`
	CreatedBy          string   `json:"createdBy" xml:"createdBy"`
	CreatedByName      string   `json:"createdByName" xml:"createdByName"`
	CreatedDate        string   `json:"createdDate" xml:"createdDate"`
	Details            *Details `json:"details,omitempty" xml:"details,omitempty"`
	Done               bool     `json:"done" xml:"done"`
	ErrorMessage       string   `json:"errorMessage,omitempty" xml:"errorMessage,omitempty"`
	ErrorStatusCode    string   `json:"errorStatusCode,omitempty" xml:"errorStatusCode,omitempty"`
	ID                 string   `json:"id" xml:"id"`
	IgnoreWarnings     bool     `json:"ignoreWarnings" xml:"ignoreWarnings"`
	LastModifiedDate   string   `json:"lastModifiedDate" xml:"lastModifiedDate"`
	ComponentErrors    int      `json:"numberComponentErrors" xml:"numberComponentErrors"`
	ComponentsDeployed int      `json:"numberComponentsDeployed" xml:"numberComponentsDeployed"`
	ComponentsTotal    int      `json:"numberComponentsTotal" xml:"numberComponentsTotal"`
	TestErrors         int      `json:"numberTestErrors" xml:"numberTestErrors"`
	TestsCompleted     int      `json:"numberTestsCompleted" xml:"numberTestsCompleted"`
	TestsTotal         int      `json:"numberTestsTotal" xml:"numberTestsTotal"`
	RollbackOnError    bool     `json:"rollbackOnError" xml:"rollbackOnError"`
	RunTestsEnabled    bool     `json:"runTestsEnabled" xml:"runTestsEnabled"`
	StartDate          string   `json:"startDate,omitempty" xml:"startDate,omitempty"`
	Status             string   `json:"status" xml:"status"`
	Success            bool     `json:"success" xml:"success"`
}

// Details are what became of each component.
type Details struct {
	Failures  []Message  `json:"componentFailures" xml:"componentFailures"`
	Successes []Message  `json:"componentSuccesses" xml:"componentSuccesses"`
	Tests     testResult `json:"runTestResult" xml:"runTestResult"`
}

// within puts the files of the messages into the folder that a zip file without
// singlePackage has around them (forcedotcom/cli#2182 shows it).
func (d *Details) within(folder string) {
	for _, list := range [][]Message{d.Failures, d.Successes} {
		for i := range list {
			list[i].FileName = folder + list[i].FileName
		}
	}
}

// testResult is that of a deploy without tests.
type testResult struct {
	Failures int     `json:"numFailures" xml:"numFailures"`
	Run      int     `json:"numTestsRun" xml:"numTestsRun"`
	Time     float64 `json:"totalTime" xml:"totalTime"`
}

// Message is a DeployMessage: what became of one component.
type Message struct {
	Changed       bool   `json:"changed" xml:"changed"`
	Column        int    `json:"columnNumber,omitempty" xml:"columnNumber,omitempty"`
	ComponentType string `json:"componentType" xml:"componentType"`
	Created       bool   `json:"created" xml:"created"`
	CreatedDate   string `json:"createdDate" xml:"createdDate"`
	Deleted       bool   `json:"deleted" xml:"deleted"`
	FileName      string `json:"fileName" xml:"fileName"`
	FullName      string `json:"fullName" xml:"fullName"`
	Line          int    `json:"lineNumber,omitempty" xml:"lineNumber,omitempty"`
	Problem       string `json:"problem,omitempty" xml:"problem,omitempty"`
	ProblemType   string `json:"problemType,omitempty" xml:"problemType,omitempty"`
	Success       bool   `json:"success" xml:"success"`
}

// typeInfo is the type of a problem that is none (WSDL, DeployProblemType).
const typeInfo = "Info"

// wireTime is how the API writes a moment (xsd:dateTime in UTC).
const wireTime = "2006-01-02T15:04:05.000Z"

// newResult is the result of a deploy that is asked for.
func newResult(o order) *Result {
	at := o.now.UTC().Format(wireTime)
	return &Result{
		CheckOnly: o.options.CheckOnly, CreatedBy: o.user.ID, CreatedByName: records.FullName(o.user), CreatedDate: at,
		Details:        &Details{Failures: []Message{}, Successes: []Message{}},
		IgnoreWarnings: o.options.IgnoreWarnings, LastModifiedDate: at, RollbackOnError: o.options.RollbackOnError, Status: statusPending,
	}
}

// by tells who canceled the deploy.
func (r *Result) by(u *snapshot.User) { r.CanceledBy, r.CanceledByName = u.ID, records.FullName(u) }

// cancel ends a deploy of which nothing is kept.
func (r *Result) cancel(at time.Time) {
	r.Status, r.Done, r.CompletedDate = statusCanceled, true, at.UTC().Format(wireTime)
	r.LastModifiedDate, r.ComponentsDeployed = r.CompletedDate, 0
}

// pending is the result as the call that deploys shows it: nothing is known yet.
func (r *Result) pending() *Result {
	return &Result{
		CheckOnly: r.CheckOnly, CreatedBy: r.CreatedBy, CreatedByName: r.CreatedByName, CreatedDate: r.CreatedDate,
		ID: r.ID, IgnoreWarnings: r.IgnoreWarnings, LastModifiedDate: r.CreatedDate, RollbackOnError: r.RollbackOnError, Status: statusPending,
	}
}

// without is the result without what became of each component.
func (r *Result) without() *Result {
	short := *r
	short.Details = nil
	return &short
}

// end counts what became of the components.
func (r *Result) end(now time.Time) {
	r.Done, r.CompletedDate = true, now.UTC().Format(wireTime)
	r.StartDate = cmp.Or(r.StartDate, r.CompletedDate)
	r.LastModifiedDate = r.CompletedDate
	r.ComponentErrors = failedComponents(r.Details.Failures)
	for _, m := range r.Details.Successes {
		// The manifest has a message and is no component; what was passed over was not deployed.
		if m.ComponentType != "" && m.ProblemType != typeInfo {
			r.ComponentsDeployed++
		}
	}
	r.ComponentsTotal = r.ComponentErrors + r.ComponentsDeployed
	switch {
	case r.ErrorMessage != "" || r.ComponentErrors > 0 && (r.RollbackOnError || r.ComponentsDeployed == 0):
		r.Status = statusFailed
	case r.ComponentErrors > 0:
		r.Status = statusPartial
	default:
		r.Status, r.Success = statusSucceeded, true
	}
	if r.Status == statusFailed && !r.CheckOnly {
		r.ComponentsDeployed = 0
	}
}

// failedComponents is how many components the failures are about: one may fail for
// several reasons.
func failedComponents(failures []Message) int {
	seen := map[key]bool{}
	for _, m := range failures {
		seen[keyOf(m.ComponentType, m.FullName)] = true
	}
	return len(seen)
}
