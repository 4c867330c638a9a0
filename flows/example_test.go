package flows_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/sfconform/sfconform/flows"
)

// fakeOrg stands in for Salesforce, so that the examples run without one.
func fakeOrg() *httptest.Server {
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	mux.HandleFunc("POST /services/oauth2/token", func(w http.ResponseWriter, r *http.Request) {
		if _, secret, ok := r.BasicAuth(); !ok || secret != "right-secret" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"invalid_client","error_description":"invalid client credentials"}`)
			return
		}
		_, _ = fmt.Fprintf(w, `{"access_token":"00D!x","instance_url":%q,"scope":"api","token_type":"Bearer"}`, server.URL)
	})
	mux.HandleFunc("GET /services/data/v66.0/query", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"totalSize":2,"done":true,"records":[{"Name":"Acme"},{"Name":"Globex"}]}`)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]`)
	})
	return server
}

func Example() {
	org := fakeOrg()
	defer org.Close()
	source, err := flows.NewTokenSource(flows.ClientCredentials{
		LoginURL:          org.URL, // https://<MyDomain>.my.salesforce.com
		ClientID:          "consumer-key",
		ClientSecret:      "right-secret",
		AllowLoopbackHTTP: true, // only because this org is a test server
	}, flows.Options{UserAgent: "acme-sync/1.0"})
	if err != nil {
		log.Fatal(err)
	}
	client := flows.NewClient(source)
	result, err := client.Query(context.Background(), "v66.0", "SELECT Name FROM Account", func(record json.RawMessage) error {
		var account struct{ Name string }
		if err := json.Unmarshal(record, &account); err != nil {
			return err
		}
		fmt.Println(account.Name)
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Records, "records")
	// Output:
	// Acme
	// Globex
	// 2 records
}

func ExampleTransport() {
	org := fakeOrg()
	defer org.Close()
	source, err := flows.NewTokenSource(flows.ClientCredentials{
		LoginURL: org.URL, ClientID: "consumer-key", ClientSecret: "right-secret", AllowLoopbackHTTP: true,
	}, flows.Options{})
	if err != nil {
		log.Fatal(err)
	}
	client := &http.Client{Transport: flows.NewTransport(source)}
	response, err := client.Get("/services/data/v66.0/sobjects/Nothing") // a path is taken under instance_url
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if refused := flows.ReadAPIError(response); refused != nil {
		fmt.Println(refused.Status, refused.Hint)
	}
	// Output:
	// 404 the resource does not exist in this API version: check the path and APIVersion.
}

func ExampleTokenError() {
	org := fakeOrg()
	defer org.Close()
	source, err := flows.NewTokenSource(flows.ClientCredentials{
		LoginURL: org.URL, ClientID: "consumer-key", ClientSecret: "wrong-secret", AllowLoopbackHTTP: true,
	}, flows.Options{})
	if err != nil {
		log.Fatal(err)
	}
	_, err = source.AccessToken(context.Background())
	if refused, ok := errors.AsType[*flows.TokenError](err); ok {
		fmt.Println(refused.Code+":", refused.Description)
		fmt.Println("temporary:", refused.Temporary())
	}
	// Output:
	// invalid_client: invalid client credentials
	// temporary: false
}

func ExampleConfigError() {
	err := flows.ClientCredentials{LoginURL: "https://login.salesforce.com", ClientID: "key", ClientSecret: "secret"}.Validate()
	if wrong, ok := errors.AsType[*flows.ConfigError](err); ok {
		fmt.Println(wrong.Setting, wrong.Problem)
	}
	// Output:
	// LoginURL is the generic host "login.salesforce.com", which refuses the client credentials flow
}
