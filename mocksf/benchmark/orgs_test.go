package benchmark_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/authority"
)

// BenchmarkThousandOrgs: a thousand orgs, each listening, in one process.
func BenchmarkThousandOrgs(b *testing.B) {
	base, err := fixtures.BuiltInOrg("production")
	if err != nil {
		b.Fatal(err)
	}
	orgs := make([]fixtures.Org, 1000)
	for i := range orgs {
		orgs[i] = base
		orgs[i].MyDomain = fmt.Sprintf("acme-%d", i)
	}
	ca, err := authority.New(authority.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		begin, before := time.Now(), resident(b, os.Getpid())
		server, err := mocksf.New(mocksf.Options{Orgs: orgs, TLS: ca})
		if err != nil {
			b.Fatal(err)
		}
		if err := server.Start(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(begin).Milliseconds()), "ms-to-start")
		b.ReportMetric(resident(b, os.Getpid())-before, "MiB-more")
		if err := server.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
