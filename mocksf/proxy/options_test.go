package proxy_test

import (
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

func TestNewNamesTheOptionAtFault(t *testing.T) {
	t.Parallel()
	dial := newOrigin().Dial
	for _, tt := range []struct {
		name    string
		options proxy.Options
		want    string
	}{
		{"no Dial", proxy.Options{}, "Dial"},
		{"negative", proxy.Options{Dial: dial, IdleTimeout: -time.Second}, "IdleTimeout"},
		{"empty", proxy.Options{Dial: dial, Allow: []string{""}}, `allowed host ""`},
		{"everything", proxy.Options{Dial: dial, Allow: []string{"*"}}, `allowed host "*"`},
		{"every dotted name", proxy.Options{Dial: dial, Allow: []string{"*."}}, `allowed host "*."`},
		{"scheme", proxy.Options{Dial: dial, Allow: []string{"https://example.com"}}, "without scheme"},
		{"port", proxy.Options{Dial: dial, Allow: []string{"example.com:443"}}, "without scheme, port"},
		{"path", proxy.Options{Dial: dial, Allow: []string{"example.com/x"}}, `"example.com/x"`},
		{"star inside", proxy.Options{Dial: dial, Allow: []string{"a.*.com"}}, `"*.example.com"`},
		{"login host", proxy.Options{Dial: dial, Allow: []string{"Login.salesforce.com"}}, "the fake answers for it"},
		{"My Domain", proxy.Options{Dial: dial, Allow: []string{"ok.example", "acme.my.salesforce.com"}}, "acme.my"},
		{"all My Domains", proxy.Options{Dial: dial, Allow: []string{"*.my.salesforce.com"}}, "the fake answers for it"},
		{"all sandboxes", proxy.Options{Dial: dial, Allow: []string{"*.sandbox.my.salesforce.com"}}, "the fake answers for it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := proxy.New(tt.options)
			if err == nil {
				t.Fatal("it was accepted")
			}
			wantContains(t, err.Error(), "proxy: ", tt.want)
		})
	}
}
