package mocksf_test

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
)

// A client meets an org in which nobody chose a Run As user, and the admin who chooses one.
func Example() {
	server, err := mocksf.New(mocksf.Options{})
	if err != nil {
		panic(err)
	}
	if err := server.Start(); err != nil {
		panic(err)
	}
	defer server.Close()
	org := server.Org()
	c, err := org.Credentials("integration")
	if err != nil {
		panic(err)
	}
	login := func() string {
		resp, err := http.PostForm(c.TokenURL, url.Values{
			"grant_type": {"client_credentials"}, "client_id": {c.ClientID}, "client_secret": {c.ClientSecret},
		})
		if err != nil {
			return err.Error()
		}
		_ = resp.Body.Close()
		last, _ := org.Journal().Last()
		return fmt.Sprint(resp.StatusCode, " ", last.Check)
	}

	const runAs = "apps/integration/policies/runAs"
	if err := org.Change(fixtures.Remove(runAs)); err != nil {
		panic(err)
	}
	fmt.Println(login())
	if err := org.Change(fixtures.Set(runAs, "integration@acme.example")); err != nil {
		panic(err)
	}
	fmt.Println(login())
	// Output:
	// 400 run-as-set
	// 200
}

// Production addresses, in process, without a port.
func ExampleServer_RoundTripper() {
	server, err := mocksf.New(mocksf.Options{})
	if err != nil {
		panic(err)
	}
	client := &http.Client{Transport: server.RoundTripper()}
	resp, err := client.Get("https://acme.my.salesforce.com/services/data")
	if err != nil {
		panic(err)
	}
	_ = resp.Body.Close()
	fmt.Println(resp.StatusCode)
	_, err = client.Get("https://no-such-domain.my.salesforce.com/services/data")
	fmt.Println(err != nil)
	// Output:
	// 200
	// true
}
