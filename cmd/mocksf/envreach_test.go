package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

var sample = reach{
	ProxyURL: "http://127.0.0.1:4711", CAFile: "/t/ca.pem", TrustStoreFile: "/t/t.jks", TrustStorePassword: "changeit",
	PHPConfigDir: "/t/php", Variables: []variable{{"SF_LOGIN_URL", "https://acme.my.salesforce.com"}},
}

func names(variables []variable) []string {
	var list []string
	for _, v := range variables {
		list = append(list, v.Name)
	}
	return list
}

func valueOf(variables []variable, name string) string {
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
		"dotnet": append(slices.Clone(proxies), "SSL_CERT_FILE"),
	} {
		want := append([]string{"SF_LOGIN_URL"}, own...)
		if got := names(sample.variablesFor([]string{runtime}, nil)); !slices.Equal(got, want) {
			t.Errorf("%s gets %v, want %v", runtime, got, want)
		}
	}
	if all := sample.variablesFor(nil, nil); len(all) != 1+len(reachTable) {
		t.Errorf("all runtimes get %v", names(all))
	}
}

func TestEveryRuntimeOfTheFlagHasARow(t *testing.T) {
	t.Parallel()
	for _, runtime := range runtimes {
		if !slices.ContainsFunc(reachTable, func(row reachRow) bool { return slices.Contains(row.runtimes, runtime) }) {
			t.Errorf("%s has no row", runtime)
		}
	}
	for _, row := range reachTable {
		for _, runtime := range row.runtimes {
			if !slices.Contains(runtimes, runtime) {
				t.Errorf("%s names an unknown runtime %q", row.name, runtime)
			}
		}
	}
}

func TestAVariableIsSetOnceThoughTheServerNamesItToo(t *testing.T) {
	t.Parallel()
	r := sample
	r.Variables = []variable{{"HTTPS_PROXY", "http://elsewhere"}, {"SF_CA_FILE", "/t/ca.pem"}}
	got := r.variablesFor([]string{"go"}, nil)
	list := names(got)
	slices.Sort(list)
	if len(slices.Compact(list)) != len(got) || valueOf(got, "HTTPS_PROXY") != r.ProxyURL {
		t.Errorf("%v", got)
	}
}

func TestWhatTheCallerReachesDirectlyStaysDirectUnlessItIsSalesforce(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"":                                    loopback,
		"db,.corp.example":                    loopback + ",db,.corp.example",
		"localhost, db":                       loopback + ",db",
		"*":                                   loopback,
		".com,com,*.com":                      loopback,
		"salesforce.com,.Salesforce.COM":      loopback,
		"acme.my.salesforce.com,*.force.com":  loopback,
		"notsalesforce.com,my-salesforce.com": loopback + ",notsalesforce.com,my-salesforce.com",
		"db,http://x,,":                       loopback + ",db,http://x",
	} {
		environ := []string{"NO_PROXY=" + given}
		if got := valueOf(sample.variablesFor(nil, environ), "no_proxy"); got != want {
			t.Errorf("NO_PROXY=%s becomes %s, want %s", given, got, want)
		}
	}
	both := []string{"NO_PROXY=a", "no_proxy=b"}
	if got := valueOf(sample.variablesFor(nil, both), "NO_PROXY"); got != loopback+",b,a" {
		t.Errorf("both cases become %s", got)
	}
}

func TestJavaOptionsStandBehindTheCallersOwn(t *testing.T) {
	t.Parallel()
	own := "-Djavax.net.ssl.trustStore=/t/t.jks -Djavax.net.ssl.trustStoreType=JKS -Djavax.net.ssl.trustStorePassword=changeit" +
		" -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=4711 -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=4711" +
		" -Dhttp.nonProxyHosts=localhost|127.*|[::1]"
	for given, want := range map[string]string{"": own, "-Xmx1g": "-Xmx1g " + own, "-Xmx1g " + own: "-Xmx1g " + own} {
		got := valueOf(sample.variablesFor([]string{"java"}, []string{"JAVA_TOOL_OPTIONS=" + given}), "JAVA_TOOL_OPTIONS")
		if got != want {
			t.Errorf("%q becomes\n%s, want\n%s", given, got, want)
		}
	}
	if got := javaHosts("localhost,::1,.corp.example,10.0.0.1"); got != "localhost|[::1]|*.corp.example|10.0.0.1" {
		t.Errorf("hosts: %s", got)
	}
}

func TestPHPScansTheCallersDirectoriesToo(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"": ":/t/php", "/a:/b": "/a:/b:/t/php", ":/t/php": ":/t/php"} {
		got := valueOf(sample.variablesFor([]string{"php"}, []string{"PHP_INI_SCAN_DIR=" + strings.ReplaceAll(given, ":", string(os.PathListSeparator))}), "PHP_INI_SCAN_DIR")
		if want = strings.ReplaceAll(want, ":", string(os.PathListSeparator)); got != want {
			t.Errorf("%q becomes %q, want %q", given, got, want)
		}
	}
}
