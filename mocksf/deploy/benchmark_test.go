package deploy_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
)

// BenchmarkDeploy deploys a project of 1,000 apps, new and again.
func BenchmarkDeploy(b *testing.B) {
	files := map[string]string{}
	for i := range 1000 {
		maps.Copy(files, project(fmt.Sprintf("App%d", i)))
	}
	body := "<ZipFile>" + base64.StdEncoding.EncodeToString(packed(b, files)) + "</ZipFile><DeployOptions>" + defaults + "</DeployOptions>"
	for b.Loop() {
		x := newOrg(b)
		x.call(b, "deploy", body)
		if len(x.Config().Apps) < 1000 {
			b.Fatal("not deployed")
		}
		x.call(b, "deploy", body)
	}
}

// BenchmarkChange makes the changes of such a deploy in an org whose propagation takes time.
func BenchmarkChange(b *testing.B) {
	config, err := fixtures.BuiltInOrg("production")
	if err != nil {
		b.Fatal(err)
	}
	config.Propagation = fixtures.Propagation{Nodes: 4, Delays: map[fixtures.ChangeKind]fixtures.Duration{"new-app": fixtures.Duration(10 * time.Minute)}}
	var changes []fixtures.Change
	for i := range 1000 {
		app := config.Apps["integration"]
		app.ConsumerKey = fmt.Sprintf("%s%d", app.ConsumerKey, i)
		changes = append(changes, fixtures.Set(fmt.Sprintf("apps/App%d", i), app))
	}
	for b.Loop() {
		server, err := mocksf.New(mocksf.Options{Orgs: []fixtures.Org{config}})
		if err != nil {
			b.Fatal(err)
		}
		if err := server.Org().Change(changes...); err != nil {
			b.Fatal(err)
		}
	}
}
