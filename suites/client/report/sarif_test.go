package report_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/sfconform/sfconform/suites/client/report"
)

// sarifLog is what is checked of a file.
type sarifLog struct {
	Version string
	Runs    []struct {
		Tool struct {
			Driver struct {
				Rules []struct {
					ID                                string
					ShortDescription, FullDescription struct{ Text string }
					Help                              struct{ Text, Markdown string }
					Properties                        struct{ Tags []string }
				}
			}
		}
		Results []struct {
			RuleID, Level       string
			RuleIndex           int
			Message             struct{ Text string }
			PartialFingerprints map[string]string
			Locations           []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI string }
					Region           struct{ StartLine int }
				}
			}
		}
	}
}

// What GitHub's code scanning asks of a file: see its page "SARIF support for code
// scanning".
func TestSARIFIsWhatCodeScanningAccepts(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*report.Report{"full": sample(), "interrupted": interrupted(), "evil": filled(evil)} {
		var log sarifLog
		if err := json.Unmarshal(written(t, report.WriteSARIF, r, report.Options{Artifact: "ci/my conf.yaml"}), &log); err != nil {
			t.Fatal(err)
		}
		if log.Version != "2.1.0" || len(log.Runs) != 1 || log.Runs[0].Results == nil {
			t.Fatalf("%s: %+v", name, log)
		}
		log.check(t, name)
	}
}

func (log sarifLog) check(t *testing.T, name string) {
	t.Helper()
	rules := log.Runs[0].Tool.Driver.Rules
	for _, rule := range rules {
		if rule.ID == "" || rule.ShortDescription.Text == "" || len(rule.FullDescription.Text) > 1024 || rule.Help.Text == "" || len(rule.Properties.Tags) > 20 {
			t.Errorf("%s: rule %+v", name, rule)
		}
	}
	for _, result := range log.Runs[0].Results {
		if rules[result.RuleIndex].ID != result.RuleID || result.Message.Text == "" || result.PartialFingerprints["primaryLocationLineHash"] == "" ||
			!slices.Contains([]string{"error", "warning", "note"}, result.Level) {
			t.Errorf("%s: result %+v", name, result)
		}
		if len(result.Locations) != 1 || result.Locations[0].PhysicalLocation.ArtifactLocation.URI != "ci/my%20conf.yaml" ||
			result.Locations[0].PhysicalLocation.Region.StartLine != 1 {
			t.Errorf("%s: locations %+v", name, result.Locations)
		}
	}
}
