package reach_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/reach"
)

var sample = reach.Reach{
	ProxyURL: "http://127.0.0.1:4711", CAFile: "/t/ca.pem", TrustStoreFile: "/t/t.jks", TrustStorePassword: "changeit",
	PHPConfigDir: "/t/php", Variables: []reach.Variable{{Name: "SF_LOGIN_URL", Value: "https://acme.my.salesforce.com"}},
}

func names(variables []reach.Variable) []string {
	var list []string
	for _, v := range variables {
		list = append(list, v.Name)
	}
	return list
}

func valueOf(variables []reach.Variable, name string) string {
	for _, v := range variables {
		if v.Name == name {
			return v.Value
		}
	}
	return ""
}

func TestEachRuntimeGetsItsOwnVariables(t *testing.T) {
	t.Parallel()
	proxies := []string{"HTTPS_PROXY", "https_proxy", "http_proxy", "HTTP_PROXY", "NO_PROXY", "no_proxy"}
	for runtime, own := range map[string][]string{
		"curl":   append(slices.Clone(proxies), "SSL_CERT_FILE", "CURL_CA_BUNDLE"),
		"go":     append(slices.Clone(proxies), "SSL_CERT_FILE"),
		"node":   append(slices.Clone(proxies), "NODE_EXTRA_CA_CERTS", "NODE_USE_ENV_PROXY", "SF_DISABLE_DNS_CHECK"),
		"python": append(slices.Clone(proxies), "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"),
		"java":   {"JAVA_TOOL_OPTIONS"},
		"ruby":   append(slices.Clone(proxies), "SSL_CERT_FILE"),
		"php":    append(slices.Clone(proxies), "SSL_CERT_FILE", "PHP_INI_SCAN_DIR"),
		"perl":   append(slices.Clone(proxies), "SSL_CERT_FILE", "PERL_LWP_ENV_PROXY", "PERL_LWP_SSL_CA_FILE", "MOJO_PROXY", "MOJO_CA_FILE"),
		"dotnet": append(slices.Clone(proxies), "SSL_CERT_FILE"),
	} {
		want := append([]string{"SF_LOGIN_URL"}, own...)
		if got := names(sample.VariablesFor([]string{runtime}, nil)); !slices.Equal(got, want) {
			t.Errorf("%s gets %v, want %v", runtime, got, want)
		}
	}
	if all := sample.VariablesFor(nil, nil); len(all) != 1+len(reach.Table()) {
		t.Errorf("all runtimes get %v", names(all))
	}
}

func TestEveryRuntimeOfTheFlagHasARow(t *testing.T) {
	t.Parallel()
	for _, runtime := range reach.Runtimes() {
		if !slices.ContainsFunc(reach.Table(), func(row reach.Row) bool { return slices.Contains(row.Runtimes, runtime) }) {
			t.Errorf("%s has no row", runtime)
		}
	}
	for _, row := range reach.Table() {
		for _, runtime := range row.Runtimes {
			if !slices.Contains(reach.Runtimes(), runtime) {
				t.Errorf("%s names an unknown runtime %q", row.Name, runtime)
			}
		}
	}
}

func TestAVariableIsSetOnceThoughTheServerNamesItToo(t *testing.T) {
	t.Parallel()
	r := sample
	r.Variables = []reach.Variable{{Name: "HTTPS_PROXY", Value: "http://elsewhere"}, {Name: "SF_CA_FILE", Value: "/t/ca.pem"}}
	got := r.VariablesFor([]string{"go"}, nil)
	list := names(got)
	slices.Sort(list)
	if len(slices.Compact(list)) != len(got) || valueOf(got, "HTTPS_PROXY") != r.ProxyURL {
		t.Errorf("%v", got)
	}
}

func TestWhatTheCallerReachesDirectlyStaysDirectUnlessItIsSalesforce(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"":                                    reach.Loopback,
		"db,.corp.example":                    reach.Loopback + ",db,.corp.example",
		"localhost, db":                       reach.Loopback + ",db",
		"*":                                   reach.Loopback,
		".com,com,*.com":                      reach.Loopback,
		"salesforce.com,.Salesforce.COM":      reach.Loopback,
		"acme.my.salesforce.com,*.force.com":  reach.Loopback,
		"notsalesforce.com,my-salesforce.com": reach.Loopback + ",notsalesforce.com,my-salesforce.com",
		"db,http://x,,":                       reach.Loopback + ",db,http://x",
	} {
		environ := []string{"NO_PROXY=" + given}
		if got := valueOf(sample.VariablesFor(nil, reach.In(environ)), "no_proxy"); got != want {
			t.Errorf("NO_PROXY=%s becomes %s, want %s", given, got, want)
		}
	}
	both := []string{"NO_PROXY=a", "no_proxy=b"}
	if got := valueOf(sample.VariablesFor(nil, reach.In(both)), "NO_PROXY"); got != reach.Loopback+",b,a" {
		t.Errorf("both cases become %s", got)
	}
}

func TestJavaOptionsStandBehindTheCallersOwn(t *testing.T) {
	t.Parallel()
	own := "-Djavax.net.ssl.trustStore=/t/t.jks -Djavax.net.ssl.trustStoreType=JKS -Djavax.net.ssl.trustStorePassword=changeit" +
		" -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=4711 -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=4711" +
		" -Dhttp.nonProxyHosts=localhost|127.*|[::1]"
	for given, want := range map[string]string{"": own, "-Xmx1g": "-Xmx1g " + own, "-Xmx1g " + own: "-Xmx1g " + own} {
		got := valueOf(sample.VariablesFor([]string{"java"}, reach.In([]string{"JAVA_TOOL_OPTIONS=" + given})), "JAVA_TOOL_OPTIONS")
		if got != want {
			t.Errorf("%q becomes\n%s, want\n%s", given, got, want)
		}
	}
	if got := reach.JavaHosts("localhost,::1,.corp.example,10.0.0.1"); got != "localhost|[::1]|*.corp.example|10.0.0.1" {
		t.Errorf("hosts: %s", got)
	}
}

func TestPHPScansTheCallersDirectoriesToo(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"": ":/t/php", "/a:/b": "/a:/b:/t/php", ":/t/php": ":/t/php"} {
		got := valueOf(sample.VariablesFor([]string{"php"}, reach.In([]string{"PHP_INI_SCAN_DIR=" + strings.ReplaceAll(given, ":", string(os.PathListSeparator))})), "PHP_INI_SCAN_DIR")
		if want = strings.ReplaceAll(want, ":", string(os.PathListSeparator)); got != want {
			t.Errorf("%q becomes %q, want %q", given, got, want)
		}
	}
}

func TestOneCallWritesTheFilesAndNamesThem(t *testing.T) {
	t.Parallel()
	root, _ := issue(t)
	dir := t.TempDir()
	caller := reach.In([]string{"NO_PROXY=db", "JAVA_TOOL_OPTIONS=-Xmx1g"})
	all, err := reach.Variables("http://127.0.0.1:4711", root, dir, caller)
	if err != nil {
		t.Fatal(err)
	}
	if valueOf(all, "HTTPS_PROXY") != "http://127.0.0.1:4711" || valueOf(all, "no_proxy") != reach.Loopback+",db" ||
		!strings.HasPrefix(valueOf(all, "JAVA_TOOL_OPTIONS"), "-Xmx1g -D") {
		t.Errorf("%v", all)
	}
	for _, name := range []string{"SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE"} {
		if text, err := os.ReadFile(valueOf(all, name)); err != nil || string(text) != string(root) {
			t.Errorf("%s names %q: %v", name, valueOf(all, name), err)
		}
	}
	direct, err := reach.Variables("", root, t.TempDir(), nil)
	if err != nil || valueOf(direct, "SSL_CERT_FILE") == "" {
		t.Errorf("%v, %v", direct, err)
	}
	for _, v := range direct {
		if strings.Contains(strings.ToLower(v.Name+v.Value), "proxy") {
			t.Errorf("%s=%s leads to a proxy that there is not", v.Name, v.Value)
		}
	}
}
