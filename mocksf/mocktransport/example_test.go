package mocktransport_test

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/jarcoal/httpmock"

	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/mocktransport"
)

// A client with hard-coded production addresses, tested in process beside another mocked service.
func ExampleRegister() {
	server, err := mocksf.New(mocksf.Options{})
	if err != nil {
		panic(err)
	}
	transport := httpmock.NewMockTransport()
	transport.RegisterResponder("GET", "https://billing.example/health", httpmock.NewStringResponder(200, "well"))
	mocktransport.Register(transport, server)
	client := &http.Client{Transport: transport}

	c, err := server.Org().Credentials("integration")
	if err != nil {
		panic(err)
	}
	for _, host := range []string{"acme.my.salesforce.com", "login.salesforce.com"} {
		resp, err := client.PostForm("https://"+host+"/services/oauth2/token", url.Values{
			"grant_type": {"client_credentials"}, "client_id": {c.ClientID}, "client_secret": {c.ClientSecret},
		})
		if err != nil {
			panic(err)
		}
		_ = resp.Body.Close()
		fmt.Println(host, resp.StatusCode)
	}
	resp, err := client.Get("https://billing.example/health")
	if err != nil {
		panic(err)
	}
	_ = resp.Body.Close()
	fmt.Println("billing.example", resp.StatusCode)
	// Output:
	// acme.my.salesforce.com 200
	// login.salesforce.com 400
	// billing.example 200
}
