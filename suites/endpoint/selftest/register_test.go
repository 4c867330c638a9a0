package selftest_test

import (
	"flag"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/types"
	"github.com/onsi/gomega"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// once lets Ginkgo run under go test -count, which it refuses by ending the process.
func once(t *testing.T) {
	t.Helper()
	count := flag.Lookup("test.count")
	before := count.Value.String()
	if err := count.Value.Set("1"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = count.Value.Set(before) })
	globals.Reset()
	t.Cleanup(globals.Reset)
}

// quiet is a configuration whose console says nothing on a success.
func quiet() (types.SuiteConfig, types.ReporterConfig) {
	suite, reporter := types.NewDefaultSuiteConfig(), types.NewDefaultReporterConfig()
	reporter.Succinct = true
	return suite, reporter
}

func TestEveryCaseIsASpecOverPlainHTTP(t *testing.T) {
	once(t)
	g := gomega.NewWithT(t)
	endpoint.Register(&endpoint.Target{})
	suite, reporter := quiet()
	specs := ginkgo.PreviewSpecs("cases", suite, reporter).SpecReports
	plain, flows := 0, 0
	for _, spec := range specs {
		g.Expect(spec.LeafNodeLocation.String()).To(gomega.HavePrefix("fixtures: "))
		if matches, err := spec.MatchesLabelFilter("door: containsAny plain"); err == nil && matches {
			plain++
		} else {
			flows++
		}
	}
	g.Expect(plain).To(gomega.Equal(len(fixtures.Cases())))
	g.Expect(flows).To(gomega.BeNumerically(">", len(fixtures.Cases())/4), "cases that package flows can express")
}

func TestTheTargetOfAnEmbeddedSuiteMayBeFilledInBeforeEachSpec(t *testing.T) {
	once(t)
	var embedded endpoint.Target
	ginkgo.Describe("somebody else's suite", func() {
		ginkgo.BeforeEach(func() { embedded = target(t, newHonest(t)) })
		endpoint.Register(&embedded)
	})
	var ran, passed int
	ginkgo.ReportAfterEach(func(spec ginkgo.SpecReport) {
		if spec.State != types.SpecStateSkipped {
			ran++
		}
		if spec.State == types.SpecStatePassed {
			passed++
		}
	})
	suite, reporter := quiet()
	suite.LabelFilter = "case: containsAny client-credentials-basic-raw || case: containsAny client-credentials-wrong-secret"
	suite.FailOnEmpty = true
	ok := ginkgo.RunSpecs(silent{}, "embedded", suite, reporter)
	gomega.NewWithT(t).Expect(ran).To(gomega.Equal(4))
	if passed == 0 || ok != (ran == passed) {
		t.Errorf("%d of %d passed, and the suite says %v", passed, ran, ok)
	}
}

// silent keeps the embedded suite's verdict out of this test's.
type silent struct{}

func (silent) Fail() {}
